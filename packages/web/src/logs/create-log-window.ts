import { createMemo } from "solid-js";
import { createLogFollow } from "./create-log-follow.ts";
import { createLogRows, type RowOptions } from "./create-log-rows.ts";
import type { LogSource } from "./log-ring.ts";

interface Options extends RowOptions {
  /** Rows rendered beyond each edge of the viewport. */
  overscan: number;
}

const DEFAULTS: Options = { rowHeight: 19, header: 1, overscan: 10, slack: 20_000 };

export type LogWindow = ReturnType<typeof createLogWindow>;

/**
 * The visible rows of a log, in a scrolling element as high as all of them. It follows the end
 * (`createLogFollow`), and stays in place whatever is dropped or added above the visible rows, and
 * whatever turns out higher than one row (`createLogRows`).
 */
export function createLogWindow(source: LogSource, options: Partial<Options> = {}) {
  const settings = { ...DEFAULTS, ...options };
  const { rowHeight, header, overscan } = settings;
  const rows = createLogRows(source, settings);
  const { scroller, ...follow } = createLogFollow(source, rows);
  const { element, size, top } = scroller;
  /** The ring as it is now. */
  const ring = () => {
    source.version();
    return source.ring;
  };
  const range = createMemo(rowsInSight, undefined, {
    equals: (a, b) => a.start === b.start && a.end === b.end,
  });

  function rowsInSight() {
    const { first, next } = ring();
    const inSight = Math.ceil(size().height / rowHeight) + 1;
    const from = follow.following() ? next - inSight : rows.numberAt(top());
    return {
      start: Math.max(first, from - overscan),
      end: Math.min(next, from + inSight + overscan),
    };
  }

  function show(target: HTMLElement, number: number) {
    follow.leaveFor(target, Math.max(0, rows.place(number) - target.clientHeight / 2));
    // In a line wider than the window, scroll to the match.
    requestAnimationFrame(() =>
      target
        .querySelector("mark[data-current]")
        ?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
  }

  return {
    rowHeight,
    range,
    /** The element's width: wrapped rows change their height with it. */
    width: () => size().width,
    /** The width of the scroll bar. */
    gutter: () => size().gutter,
    /** Offset of the first rendered row in pixels. */
    offset: () => rows.place(range().start),
    /** Offset of the header. */
    headerOffset: () => rows.place(ring().first) - header * rowHeight,
    /** Height of all rows in pixels. */
    totalHeight: () => rows.place(ring().next),
    following: follow.following,
    follow: follow.follow,
    hold: follow.hold,
    /** Number of new lines since it let go. */
    missed: () => {
      source.version();
      return follow.missed();
    },
    /** True when the oldest row is rendered. */
    atBeginning: () => range().start === ring().first,
    /** Lets go, and centers a row. */
    show: (number: number) => {
      const target = element();
      if (target) show(target, number);
    },
    /** As `show`, for a row out of view. */
    reveal: (number: number) => {
      const target = element();
      if (!target) return;
      const offset = rows.place(number) - target.scrollTop;
      if (offset < 0 || offset + rowHeight > target.clientHeight) show(target, number);
    },
    measure: rows.measure,
    remeasure: rows.remeasure,
    /** Resets for other lines with new numbers: shows their end. */
    reset: () => {
      rows.restart();
      follow.follow();
    },
    setElement: scroller.setElement,
  };
}
