import {
  createEffect,
  createMemo,
  createSignal,
  For,
  on,
  onCleanup,
  onMount,
  Show,
} from "solid-js";
import { formatClock } from "../i18n/format-usage.ts";
import { t } from "../i18n/i18n.ts";
import { joinSentences } from "../i18n/join-sentences.ts";
import { theme } from "../theme/theme.ts";
import { makePlot, type PlotOptions, type Tone } from "./plot.ts";

export interface ChartLine {
  label: string;
  tone: Tone;
  /** One per time; null where unknown. */
  values: readonly (number | null)[];
}

/** Pixels, as of the class `h-33`. */
const HEIGHT = 132;
const SWATCHES: Record<Tone, string> = {
  main: "border-focus",
  second: "border-text-3",
  limit: "border-text-3 border-dashed",
};

/**
 * Lines over time. The values under the crosshair, or the newest, are shown above; screen readers
 * get the newest, lowest and highest value of each.
 */
export function Chart(props: {
  label: string;
  syncKey: string;
  /** Seconds since the epoch, ascending. */
  times: readonly number[];
  span: readonly [from: number, to: number];
  lines: readonly ChartLine[];
  leastMax: number;
  /** Possible grid steps of the axis; by default, round decimal numbers. */
  steps?: readonly number[];
  format: (value: number) => string;
  /** Whether the newest values are current. */
  live: boolean;
  /** The time under the crosshair, in seconds since the epoch. */
  onHover?: (time: number | undefined) => void;
}) {
  const [cursor, setCursor] = createSignal<number | null>(null);
  let host!: HTMLDivElement;
  const hovered = createMemo(() => {
    const index = cursor();
    return index === null ? undefined : props.times[index];
  });
  const options: Omit<PlotOptions, "tones" | "syncKey"> = {
    height: HEIGHT,
    span: () => props.span,
    leastMax: () => props.leastMax,
    steps: props.steps,
    formatValue: (value) => (value === 0 ? "0" : props.format(value)),
    formatTime: (time) => formatClock(time * 1000),
    onCursor: (index) => {
      setCursor(index);
      props.onHover?.(hovered());
    },
  };
  onMount(() => {
    const plot = makePlot(host, {
      ...options,
      syncKey: props.syncKey,
      tones: props.lines.map((line) => line.tone),
    });
    if (!plot) return;
    onCleanup(plot.destroy);
    createEffect(() => {
      void props.span;
      plot.show(
        props.times,
        props.lines.map((line) => line.values),
      );
    });
    // The document gets the new theme after the signal has changed.
    createEffect(on(theme, () => queueMicrotask(plot.recolour), { defer: true }));
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", plot.recolour);
    onCleanup(() => system.removeEventListener("change", plot.recolour));
  });
  const shown = (line: ChartLine) => {
    const index = cursor();
    const last = props.live ? line.values.at(-1) : null;
    const value = hovered() === undefined || index === null ? last : line.values[index];
    return value === null || value === undefined ? "–" : props.format(value);
  };
  return (
    <figure class="min-w-0">
      <figcaption class="flex h-6 items-center gap-3 text-xs whitespace-nowrap text-text-3">
        <span class="text-sm font-medium text-text">{props.label}</span>
        <span class="ml-auto flex gap-3">
          <For each={props.lines}>
            {(line) => (
              <span class="inline-flex items-center gap-1.5">
                <span aria-hidden="true" class={`w-3 border-t-2 ${SWATCHES[line.tone]}`} />
                <Show when={props.lines.length > 1}>{line.label}</Show>
                <span class="tabular text-text-2">{shown(line)}</span>
              </span>
            )}
          </For>
        </span>
      </figcaption>
      <div
        ref={host}
        role="img"
        aria-label={t("chart.name", { label: props.label, summary: summary(props) })}
        class="relative h-33"
      />
    </figure>
  );
}

function summary(chart: {
  lines: readonly ChartLine[];
  format: (value: number) => string;
}): string {
  const sentences = chart.lines.map(({ label, values }) => {
    const known = values.filter((value) => value !== null);
    const last = known.at(-1);
    if (last === undefined) return t("chart.nothing", { label });
    return t("chart.line", {
      label,
      last: chart.format(last),
      low: chart.format(Math.min(...known)),
      high: chart.format(Math.max(...known)),
    });
  });
  return joinSentences(...sentences);
}
