import type { Accessor } from "solid-js";
import { TOGETHER } from "../live/create-stats-feed.ts";
import { useStats } from "../live/stats-context.tsx";
import type { UsageSource } from "./create-instance-list.ts";
import type { Sort } from "./sort-instances.ts";

/** The usage of all instances, subscribed only while the list is sorted by it. */
export function createUsageSource(sort: Accessor<Sort>): UsageSource {
  const key = () => (sort() === "cpu" || sort() === "memory" ? TOGETHER : undefined);
  const stats = useStats(key);
  return {
    of: (id) => {
      const sample = stats.current(id);
      return sample && { cpuPercent: sample.cpu, memoryBytes: sample.memory };
    },
    known: () => key() !== undefined && stats.current(TOGETHER) !== undefined,
  };
}
