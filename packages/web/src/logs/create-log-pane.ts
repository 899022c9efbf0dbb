import { createEffect, on } from "solid-js";
import { createLogFilter } from "./create-log-filter.ts";
import { createLogFolds } from "./create-log-folds.ts";
import { createLogSearch } from "./create-log-search.ts";
import { LOG_LIMIT } from "./create-log-stream.ts";
import { createLogWindow } from "./create-log-window.ts";
import type { LogPreferencesState } from "./log-preferences.ts";
import type { LogSource } from "./log-ring.ts";

/** A log pane: filter, search and scrolling. */
export function createLogPane(source: LogSource, preferences: LogPreferencesState) {
  const filter = createLogFilter(source, LOG_LIMIT);
  const search = createLogSearch(filter, filter.level, preferences.get);
  const window = createLogWindow(filter);
  const folds = createLogFolds();
  const reset = () => {
    folds.clear();
    window.reset();
  };
  createEffect(on(filter.level, reset, { defer: true }));
  const isEmpty = () => filter.version() >= 0 && filter.ring.length === 0;
  return { source, filter, search, window, folds, preferences, isEmpty };
}

export type LogPane = ReturnType<typeof createLogPane>;
