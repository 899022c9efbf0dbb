import { A } from "@solidjs/router";
import { createMemo, For, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import { formatNumber } from "../i18n/format.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { countByFilter, type Filter } from "../instances/create-instance-list.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { STATUS } from "../status/status-badge.tsx";

const TILES: readonly { filter: Filter; word: PlainKey; status?: keyof typeof STATUS }[] = [
  { filter: "all", word: "instances.filter.all" },
  { filter: "running", word: "status.running", status: "running" },
  { filter: "busy", word: "instances.filter.busy", status: "starting" },
  { filter: "created", word: "status.created", status: "created" },
  { filter: "stopped", word: "status.stopped", status: "stopped" },
  { filter: "error", word: "status.error", status: "error" },
  { filter: "unknown", word: "status.unknown", status: "unknown" },
];

/** The number of instances per status; each tile links to their list. */
export function StatusTiles() {
  const live = useLive();
  const counts = createMemo(() => countByFilter(live.instances.list()));
  /** Hidden at zero: unknown instances, and ones that never started. */
  const shown = () =>
    TILES.filter(
      ({ filter }) => (filter !== "unknown" && filter !== "created") || counts()[filter] > 0,
    );
  return (
    <ul
      aria-label={t("dashboard.totals")}
      class="grid grid-cols-6 gap-2 sm:auto-cols-fr sm:grid-flow-col sm:grid-cols-none sm:gap-4"
    >
      <For each={shown()}>
        {(tile, index) => (
          <li
            class={`${index() < 2 && shown().length === 5 ? "col-span-3" : "col-span-2"} sm:col-span-1`}
          >
            <A
              href={tile.filter === "all" ? paths.instances : paths.instancesThatAre(tile.filter)}
              class="flex flex-col gap-0.5 rounded-lg border bg-surface px-3 py-2.5 transition-colors hover:bg-hover sm:px-4"
            >
              <span class="flex items-center gap-1.5 text-sm whitespace-nowrap text-text-2">
                <Show when={tile.status}>{(status) => <Shape status={status()} />}</Show>
                {t(tile.word)}
              </span>{" "}
              <span
                data-zero={counts()[tile.filter] === 0 ? "" : undefined}
                class={`text-xl font-semibold tabular data-zero:font-normal data-zero:text-text-3 ${tile.filter === "error" ? "text-error" : ""}`}
              >
                {formatNumber(counts()[tile.filter])}
              </span>
            </A>
          </li>
        )}
      </For>
    </ul>
  );
}

function Shape(props: { status: keyof typeof STATUS }) {
  return (
    <svg
      viewBox="0 0 12 12"
      width="12"
      height="12"
      fill="none"
      stroke="currentColor"
      stroke-width="1.500"
      stroke-linejoin="round"
      aria-hidden="true"
      class={`shrink-0 [&_*]:animate-none ${STATUS[props.status].tone}`}
    >
      <Dynamic component={STATUS[props.status].shape} />
    </svg>
  );
}
