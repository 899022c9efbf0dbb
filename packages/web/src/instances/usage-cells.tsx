import { createMemo, type JSX, Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { formatMemory } from "../i18n/format.ts";
import { formatCpu } from "../i18n/format-usage.ts";
import { isMeasured } from "../live/measured.ts";
import { RECENT_MS, type Sample } from "../live/sample-ring.ts";
import { useStats } from "../live/stats-context.tsx";
import { createVisible } from "../ui/create-visible.ts";
import { Sparkline } from "../ui/sparkline.tsx";

/** Classes of both columns: visible where the list is wide enough. */
export const USAGE_COLUMN = "max-[899px]:hidden";
/** The owner has a column where there is room; elsewhere it is shown under the name. */
export const OWNER_COLUMN = "hidden @min-[70rem]/list:table-cell";
export const OWNER_UNDER_NAME = "@min-[70rem]/list:hidden";
const CELL = `px-3 py-2 align-middle ${USAGE_COLUMN}`;
const SPARK_WIDTH = 56;
/** The top of the scale is at least this, so that a small load looks small. */
const LEAST_CPU_SCALE = 25;

/** CPU and memory of one instance, current and over five minutes; two cells of its row. */
export function UsageCells(props: { instance: Instance }) {
  const { visible, observe } = createVisible();
  const shown = createMemo(() =>
    visible() && isMeasured(props.instance.status) ? props.instance.id : undefined,
  );
  const stats = useStats(shown);
  const now = () => {
    const id = shown();
    return id === undefined ? undefined : stats.current(id);
  };
  const recent = createMemo(() => (now() ? stats.recent(props.instance.id) : []));
  const points = (read: (sample: Sample) => number) =>
    recent().map((sample) => ({ at: sample.at, value: read(sample) }));
  const cpu = createMemo(() => points((sample) => sample.cpu));
  const memory = createMemo(() => points((sample) => sample.memory));
  return (
    <>
      <td ref={observe} class={CELL}>
        <Usage text={now() && formatCpu(now()?.cpu ?? 0)} numberClass="w-11">
          <Sparkline
            points={cpu()}
            spanMs={RECENT_MS}
            max={Math.max(LEAST_CPU_SCALE, ...cpu().map(({ value }) => value))}
            width={SPARK_WIDTH}
          />
        </Usage>
      </td>
      <td class={CELL}>
        <Usage text={now() && formatMemory(now()?.memory ?? 0)} numberClass="w-15">
          <Sparkline
            points={memory()}
            spanMs={RECENT_MS}
            max={now()?.memoryLimit || 1}
            width={SPARK_WIDTH}
          />
        </Usage>
      </td>
    </>
  );
}

function Usage(props: { text: string | undefined; numberClass: string; children: JSX.Element }) {
  return (
    <Show when={props.text} fallback={<span class="text-text-3">–</span>}>
      {(text) => (
        <span class="flex h-5 items-center gap-2 tabular text-text-2">
          <span class={`shrink-0 whitespace-nowrap ${props.numberClass}`}>{text()}</span>
          <span class="hidden @min-[60rem]/list:inline-flex">{props.children}</span>
        </span>
      )}
    </Show>
  );
}
