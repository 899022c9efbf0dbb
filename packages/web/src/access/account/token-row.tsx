import type { ApiToken, Scope } from "@claw/core/access/credentials";
import { Show } from "solid-js";
import { formatExact } from "../../i18n/format.ts";
import { type PlainKey, t } from "../../i18n/i18n.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { now } from "../../ui/now.ts";
import { When } from "../../ui/when.tsx";

export const SCOPES = ["read", "operate", "admin"] as const satisfies readonly Scope[];

export const SCOPE_WORDS = {
  read: "tokens.scope.read",
  operate: "tokens.scope.operate",
  admin: "tokens.scope.admin",
} as const satisfies Record<Scope, PlainKey>;

export function TokenRow(props: { token: ApiToken; busy: boolean; onRemove: () => void }) {
  const expired = () => Date.parse(props.token.expiresAt) <= now();
  const instances = () =>
    props.token.instanceIds === null
      ? t("tokens.instances.every")
      : t("tokens.instances.count", { count: props.token.instanceIds.length });
  return (
    <li class="flex items-center gap-3 py-2.5">
      <div class="min-w-0 flex-1">
        <p class="font-medium wrap-anywhere">{props.token.name}</p>
        <p class="text-sm text-text-2">
          {t(SCOPE_WORDS[props.token.scope])}
          {" · "}
          <span data-tip={props.token.instanceIds?.join(", ")}>{instances()}</span>
        </p>
        <p class="text-xs text-text-3">
          <Show
            when={!expired()}
            fallback={<span class="font-medium text-error">{t("tokens.expired")}</span>}
          >
            {t("tokens.expires", { time: formatExact(props.token.expiresAt) })}
          </Show>
          {" · "}
          <Show when={props.token.lastUsedAt} fallback={t("tokens.neverUsed")}>
            {(iso) => (
              <>
                {t("tokens.lastUsed")} <When iso={iso()} />
              </>
            )}
          </Show>
        </p>
      </div>
      <IconButton
        icon="trash"
        label={t("tokens.removeNamed", { name: props.token.name })}
        busy={props.busy}
        onClick={props.onRemove}
      />
    </li>
  );
}
