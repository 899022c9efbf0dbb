import { A } from "@solidjs/router";
import { Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { formatDuration, formatExact } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { LabelChips } from "../labels/label-chips.tsx";
import { paths } from "../routes.ts";
import { useMay } from "../session/may.ts";
import { Reason } from "../status/reason.tsx";
import { StatusBadge } from "../status/status-badge.tsx";
import { remedyTab } from "../status/status-words.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Icon } from "../ui/icon.tsx";
import { now } from "../ui/now.ts";
import type { Selection } from "./create-selection.ts";
import { RowActions } from "./row-actions.tsx";
import { errorSentence } from "./row-numbers.ts";
import { OWNER_COLUMN, OWNER_UNDER_NAME, USAGE_COLUMN, UsageCells } from "./usage-cells.tsx";

const CELL = "px-3 py-2 align-middle max-sm:p-0";

export interface RowsProps {
  instances: readonly Instance[];
  selection: Selection;
  onDelete: (instance: Instance) => void;
}

/** One instance: a table row, a card on a phone; a second row shows its error. */
export function InstanceRow(props: {
  instance: Instance;
  selection: Selection;
  onDelete: (instance: Instance) => void;
  /** Its position in the whole list, and its row number, where not all are rendered. */
  index?: number | undefined;
  number?: number | undefined;
  ref?: (body: HTMLTableSectionElement) => void;
  onFocusIn?: () => void;
}) {
  const may = useMay();
  const sentence = () => errorSentence(props.instance);
  const chosen = () => props.selection.has(props.instance.id);
  const choose = (on: boolean, event: MouseEvent) =>
    event.shiftKey
      ? props.selection.extendTo(props.instance.id, on)
      : props.selection.set(props.instance.id, on);
  return (
    <tbody
      ref={props.ref}
      data-instance={props.instance.id}
      data-index={props.index}
      data-chosen={chosen() ? "" : undefined}
      onFocusIn={() => props.onFocusIn?.()}
      class="border-b transition-colors last-of-type:border-b-0 hover:bg-hover data-chosen:bg-busy-tint max-sm:block"
    >
      <tr
        aria-rowindex={props.number}
        class="max-sm:grid max-sm:grid-cols-[auto_auto_1fr_auto] max-sm:items-center max-sm:gap-x-2 max-sm:gap-y-1 max-sm:px-2 max-sm:pt-2 max-sm:pb-1"
      >
        <td class="w-10 max-sm:w-auto max-sm:self-start">
          <Checkbox
            label={t("bulk.choose", { name: props.instance.name })}
            checked={chosen()}
            onToggle={choose}
          />
        </td>
        <th scope="row" class={`${CELL} text-left font-normal max-sm:col-span-2`}>
          <A
            href={paths.instance(props.instance.id)}
            class="block font-medium wrap-anywhere underline-offset-3 hover:underline"
          >
            {props.instance.name}
          </A>
          <span class="font-mono text-xs wrap-anywhere text-text-3">{props.instance.id}</span>
          <Show when={may("seeOwners") && props.instance.owner}>
            {(owner) => (
              <span class={`text-xs wrap-anywhere text-text-3 ${OWNER_UNDER_NAME}`}>
                {" · "}
                {t("owner.of", { user: owner() })}
              </span>
            )}
          </Show>
          <LabelChips instance={props.instance} />
        </th>
        <Show when={may("seeOwners")}>
          <td class={`${CELL} truncate text-sm text-text-2 ${OWNER_COLUMN}`}>
            {props.instance.owner ?? <span class="text-text-3">–</span>}
          </td>
        </Show>
        <td class={`${CELL} max-sm:text-right`}>
          <StatusBadge status={props.instance.status} />
        </td>
        <td class={`${CELL} tabular text-text-2 max-sm:col-start-2`}>
          <span class="text-xs text-text-3 sm:hidden">{t("instances.column.port")} </span>
          {props.instance.port}
        </td>
        <UsageCells instance={props.instance} />
        <td class={`${CELL} tabular text-text-2`}>
          <Uptime instance={props.instance} />
        </td>
        <td class={CELL}>
          <RowActions instance={props.instance} onDelete={props.onDelete} />
        </td>
      </tr>
      <Show when={sentence()}>
        <tr aria-rowindex={props.number && props.number + 1} class="max-sm:block">
          <td class="max-sm:hidden" />
          <td colSpan={5} class="px-3 pb-2.5 max-sm:block max-sm:pt-1 max-sm:pb-3">
            <A
              href={paths.instance(props.instance.id, remedyTab(props.instance))}
              class="flex items-start gap-1.5 text-sm text-error underline-offset-3 hover:underline"
            >
              <Reason instance={props.instance} />
              <Icon name="chevronRight" class="mt-0.5" />
            </A>
          </td>
          {/* A span over hidden columns would create new ones. */}
          <td colSpan={2} class={USAGE_COLUMN} />
          <Show when={may("seeOwners")}>
            <td class={OWNER_COLUMN} />
          </Show>
        </tr>
      </Show>
    </tbody>
  );
}

function Uptime(props: { instance: Instance }) {
  const since = () => (props.instance.status === "running" ? props.instance.startedAt : null);
  return (
    <Show when={since()} fallback={<span class="text-text-3">–</span>}>
      {(iso) => (
        <time datetime={iso()} data-tip={t("instances.since", { time: formatExact(iso()) })}>
          {formatDuration(now() - Date.parse(iso()))}
        </time>
      )}
    </Show>
  );
}
