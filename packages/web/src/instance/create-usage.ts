import { createMemo, createSignal } from "solid-js";
import type { Instance } from "../api/client.ts";
import { HOUR_MS, RECENT_MS } from "../live/sample-ring.ts";
import { useStats } from "../live/stats-context.tsx";
import { now } from "../ui/now.ts";
import { usageSeries } from "./usage-series.ts";

const RANGES = {
  recent: { spanMs: RECENT_MS, gapMs: 9000 },
  hour: { spanMs: HOUR_MS, gapMs: 70_000 },
} as const;
export type Range = keyof typeof RANGES;

/** Step of the right edge while no samples arrive. */
const IDLE_STEP_MS = 20_000;

/** One instance's usage over the chosen time, live while the owner exists. */
export function createUsage(instance: () => Instance) {
  const [range, setRange] = createSignal<Range>("recent");
  /** The time under the charts' crosshair, in seconds. */
  const [hovered, setHovered] = createSignal<number>();
  const stats = useStats(() => instance().id);
  const live = () => stats.current(instance().id) !== undefined;
  const samples = createMemo(() => {
    const id = instance().id;
    return range() === "recent" ? stats.recent(id) : stats.hour(id);
  });
  const end = createMemo(() => {
    const last = samples().at(-1)?.at;
    return live() && last ? last : Math.ceil(now() / IDLE_STEP_MS) * IDLE_STEP_MS;
  });
  const span = createMemo((): [number, number] => [
    (end() - RANGES[range()].spanMs) / 1000,
    end() / 1000,
  ]);
  const series = createMemo(() => usageSeries(samples(), RANGES[range()].gapMs));
  return { range, setRange, live, series, span, hovered, setHovered };
}
