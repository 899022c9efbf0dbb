import { createMemo, createSignal } from "solid-js";
import { TOGETHER } from "../live/create-stats-feed.ts";
import { useLive } from "../live/live-context.tsx";
import { isMeasured } from "../live/measured.ts";
import { averageOf } from "../live/sample-ring.ts";
import { useStats } from "../live/stats-context.tsx";
import { useEngineAway } from "./engine-away.ts";

export type Resource = "cpu" | "memory";

const PLACES = 5;
/** Ranked by current values, rows would change places every two seconds. */
const MINUTE_MS = 60_000;

/** Total usage, and the instances that use the most. */
export function createTop() {
  const live = useLive();
  const stats = useStats(() => TOGETHER);
  const [by, setBy] = createSignal<Resource>("cpu");
  const engineAway = useEngineAway();
  const together = () => (engineAway() ? undefined : stats.current(TOGETHER));
  const history = () => stats.recent(TOGETHER);
  const averages = createMemo(() => {
    const end = together()?.at ?? 0;
    const running = live.instances.list().filter((one) => isMeasured(one.status));
    return new Map(
      running.map(({ id }) => {
        const samples = stats.recent(id).filter(({ at }) => at > end - MINUTE_MS);
        return [id, end > 0 && samples.length > 0 ? averageOf(samples) : undefined];
      }),
    );
  });
  const value = (id: string): number | undefined => averages().get(id)?.[by()];
  const ids = createMemo(() =>
    [...averages().keys()]
      .sort((a, b) => (value(b) ?? -1) - (value(a) ?? -1) || a.localeCompare(b))
      .slice(0, PLACES),
  );
  const largest = () => Math.max(0, ...ids().map((id) => value(id) ?? 0));
  const name = (id: string) => live.instances.get(id)?.name ?? id;
  return { by, setBy, engineAway, together, history, ids, value, largest, name };
}

export type Top = ReturnType<typeof createTop>;
