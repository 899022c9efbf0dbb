import { createContext, createEffect, onCleanup, type ParentProps, useContext } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createStatsFeed, type StatsFeed } from "./create-stats-feed.ts";

const StatsContext = createContext<StatsFeed>();

/** Usage of instances, shared by every view of the page. */
export function StatsProvider(props: ParentProps) {
  return (
    <StatsContext.Provider value={createStatsFeed(useApi())}>
      {props.children}
    </StatsContext.Provider>
  );
}

/** The feed, which follows `key` (an id, or TOGETHER), if set, while the owner exists. */
export function useStats(key: () => string | undefined): StatsFeed {
  const stats = useContext(StatsContext);
  if (!stats) throw new Error("useStats needs a <StatsProvider> above it.");
  createEffect(() => {
    const held = key();
    if (held !== undefined) onCleanup(stats.hold(held));
  });
  return stats;
}
