import { createEffect, createMemo, Index, type JSX, on, onMount } from "solid-js";
import type { LogFolds } from "./create-log-folds.ts";
import type { LogSearch } from "./create-log-search.ts";
import type { LogWindow } from "./create-log-window.ts";
import type { LogPreferences } from "./log-preferences.ts";
import type { LogEntry, LogSource } from "./log-ring.ts";
import { LogRow, type RowLook } from "./log-row.tsx";

/** The visible rows; each element is reused for another line as the log moves on. */
export function LogLines(props: {
  label: string;
  source: LogSource;
  search: LogSearch;
  window: LogWindow;
  folds: LogFolds;
  preferences: LogPreferences;
  nameOf?: RowLook["nameOf"];
  /** The notice above the oldest row. */
  header?: JSX.Element;
}) {
  let element: HTMLDivElement | undefined;
  let rows: HTMLDivElement | undefined;
  // Only once it is in the page, where it has a height.
  onMount(() => props.window.setElement(element));
  const entries = createMemo(() => {
    const { start, end } = props.window.range();
    const shown: LogEntry[] = [];
    for (let number = start; number < end; number += 1) {
      const entry = props.source.ring.get(number);
      if (entry) shown.push(entry);
    }
    return shown;
  });
  const look = () => ({
    wrap: props.preferences.wrap,
    times: props.preferences.times,
    matcher: props.search.matcher(),
    nameOf: props.nameOf,
  });
  const opened = () => entries().map(({ number }) => props.folds.isOpen(number));
  const fold = (number: number) => {
    props.window.hold();
    props.folds.toggle(number);
  };
  createEffect(
    on(
      () => [props.preferences.wrap, props.preferences.times],
      () => props.window.remeasure(),
      { defer: true },
    ),
  );
  createEffect(
    on([entries, look, props.window.width, opened], ([shown]) => {
      const first = shown[0];
      if (!rows || !first || !(props.preferences.wrap || props.folds.used())) return;
      const { rowHeight } = props.window;
      const heights = [...rows.children].map((row) => row.getBoundingClientRect().height);
      props.window.measure(
        first.number,
        heights.map((height) => Math.max(1, Math.round(height / rowHeight))),
      );
    }),
  );
  return (
    <div
      ref={element}
      role="log"
      aria-label={props.label}
      aria-live="off"
      tabindex={0}
      class="min-h-0 flex-1 overflow-auto font-mono text-[12.5px] leading-[19px] -outline-offset-2 [overflow-anchor:none]"
    >
      <div class="relative min-w-full" style={{ height: `${props.window.totalHeight()}px` }}>
        <div
          class="absolute top-0 left-0 w-full"
          style={{ transform: `translateY(${props.window.headerOffset()}px)` }}
        >
          {props.header}
        </div>
        <div
          ref={rows}
          class={`absolute top-0 left-0 will-change-transform ${props.preferences.wrap ? "w-full" : "w-max min-w-full"}`}
          style={{ transform: `translateY(${props.window.offset()}px)` }}
        >
          <Index each={entries()}>
            {(entry) => (
              <LogRow
                entry={entry()}
                look={look()}
                current={props.search.current()}
                folds={props.folds}
                onFold={fold}
              />
            )}
          </Index>
        </div>
      </div>
    </div>
  );
}
