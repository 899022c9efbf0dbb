import { A } from "@solidjs/router";
import { Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { formatDuration, formatExact } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { now } from "../live/now.ts";
import { paths } from "../routes.ts";
import { Icon } from "../ui/icon.tsx";
import { RowActions } from "./row-actions.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { remedyTab, statusSentence } from "./status-words.ts";
import { USAGE_COLUMN, UsageCells } from "./usage-cells.tsx";

const CELL = "px-3 py-2 align-middle max-sm:p-0";

/** One instance: a row of the table, a card on a phone. */
export function InstanceRow(props: { instance: Instance; onDelete: (instance: Instance) => void }) {
  const sentence = () =>
    props.instance.status === "error" ? statusSentence(props.instance) : null;
  return (
    <>
      <tr class="group border-t transition-colors first:border-t-0 hover:bg-hover max-sm:grid max-sm:grid-cols-[auto_1fr_auto] max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:px-3 max-sm:pt-3 max-sm:pb-1">
        <th scope="row" class={`${CELL} text-left font-normal max-sm:col-span-2`}>
          <A
            href={paths.instance(props.instance.id)}
            class="block font-medium wrap-anywhere underline-offset-3 hover:underline"
          >
            {props.instance.name}
          </A>
          <span class="font-mono text-xs wrap-anywhere text-text-3">{props.instance.id}</span>
        </th>
        <td class={`${CELL} max-sm:text-right`}>
          <StatusBadge status={props.instance.status} />
        </td>
        <td class={`${CELL} tabular text-text-2`}>
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
        {(text) => (
          <tr class="max-sm:block">
            <td colSpan={5} class="px-3 pb-2.5 max-sm:block max-sm:pt-1 max-sm:pb-3">
              <A
                href={paths.instance(props.instance.id, remedyTab(props.instance))}
                class="flex items-start gap-1.5 text-sm text-error underline-offset-3 hover:underline"
              >
                <span class="line-clamp-2 wrap-anywhere">{text()}</span>
                <Icon name="chevronRight" class="mt-0.5" />
              </A>
            </td>
            {/* A span over columns that are hidden would make new ones. */}
            <td colSpan={2} class={USAGE_COLUMN} />
          </tr>
        )}
      </Show>
    </>
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
