import type { User } from "@claw/core/access/user";
import { Show } from "solid-js";
import { t } from "../../i18n/i18n.ts";
import { ROLE_WORDS } from "../../session/role-words.ts";
import { useMe } from "../../session/session-context.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ICON_BUTTON } from "../../ui/icon-button.tsx";
import { Menu } from "../../ui/menu.tsx";
import type { MenuEntry } from "../../ui/menu-props.ts";
import { Spinner } from "../../ui/spinner.tsx";
import { When } from "../../ui/when.tsx";
import type { UserChanges } from "./create-user-changes.ts";

const CELL = "px-3 py-2 align-middle max-sm:p-0";
const CHIP = "rounded-full px-2 text-xs leading-5 whitespace-nowrap";

export interface UserTableProps {
  changes: UserChanges;
  onAsk: (what: "edit" | "link" | "delete", user: User) => void;
}

export function UserRow(props: UserTableProps & { user: User }) {
  const me = useMe();
  const isMe = () => props.user.username === me().username;
  const busy = () => props.changes.busy() === props.user.username;
  const entries = (): MenuEntry[] => [
    { label: t("users.edit"), icon: "settings", onSelect: () => props.onAsk("edit", props.user) },
    {
      label: t(props.user.hasPassword ? "users.link" : "users.newLink"),
      icon: "key",
      onSelect: () => props.onAsk("link", props.user),
    },
    {
      label: t("users.dropTotp"),
      icon: "close",
      disabled: !props.user.hasTotp,
      onSelect: () => void props.changes.dropTotp(props.user),
    },
    props.user.disabled
      ? {
          label: t("users.enable"),
          icon: "play",
          onSelect: () => void props.changes.enable(props.user),
        }
      : {
          label: t("users.disable"),
          icon: "stop",
          disabled: isMe(),
          onSelect: () => void props.changes.disable(props.user),
        },
    {
      label: t("action.delete"),
      icon: "trash",
      danger: true,
      separated: true,
      disabled: isMe(),
      onSelect: () => props.onAsk("delete", props.user),
    },
  ];
  return (
    <tr class="border-b transition-colors last:border-b-0 hover:bg-hover max-sm:grid max-sm:grid-cols-[1fr_auto_auto] max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3">
      <th scope="row" class={`${CELL} text-left font-normal`}>
        <span class="flex flex-wrap items-center gap-x-2 font-medium wrap-anywhere">
          {props.user.displayName}
          <Show when={isMe()}>
            <span class={`${CHIP} bg-busy-tint text-busy`}>{t("users.you")}</span>
          </Show>
        </span>
        <span class="font-mono text-xs wrap-anywhere text-text-3">{props.user.username}</span>
      </th>
      <td class={`${CELL} text-text-2`}>{t(ROLE_WORDS[props.user.role])}</td>
      <td class={`${CELL} max-sm:col-span-2 max-sm:row-start-2`}>
        <span class="flex flex-wrap items-center gap-1.5">
          <State user={props.user} />
          <Show when={props.user.hasTotp}>
            <span class={`${CHIP} bg-stopped-tint text-stopped`}>{t("users.totp")}</span>
          </Show>
        </span>
      </td>
      <td
        class={`${CELL} tabular text-text-2 max-lg:hidden`}
        data-tip={props.user.instanceIds.join(", ") || undefined}
      >
        {props.user.instanceIds.length || "–"}
      </td>
      <td class={`${CELL} text-text-2 max-lg:hidden`}>
        <Show when={props.user.lastLoginAt} fallback={t("users.never")}>
          {(iso) => <When iso={iso()} />}
        </Show>
      </td>
      <td class={`${CELL} max-sm:col-start-3 max-sm:row-start-1`}>
        <Menu
          label={t("action.moreNamed", { name: props.user.displayName })}
          triggerClass={ICON_BUTTON}
          trigger={
            <Show when={busy()} fallback={<Icon name="more" />}>
              <Spinner />
            </Show>
          }
          entries={entries()}
        />
      </td>
    </tr>
  );
}

/** Shape, word and colour, as for instances. */
function State(props: { user: User }) {
  return (
    <Show
      when={!props.user.disabled}
      fallback={
        <span class={`${CHIP} bg-error-tint font-medium text-error`}>{t("users.disabled")}</span>
      }
    >
      <Show
        when={props.user.hasPassword}
        fallback={
          <span class={`${CHIP} bg-unknown-tint font-medium text-unknown`}>
            {t("users.invited")}
          </span>
        }
      >
        <span class={`${CHIP} bg-running-tint font-medium text-running`}>{t("users.active")}</span>
      </Show>
    </Show>
  );
}
