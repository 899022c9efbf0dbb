import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import type { LogSource } from "./log-ring.ts";
import { RowExtras } from "./row-extras.ts";

interface Options {
  rowHeight: number;
  /** Rows reserved above the oldest one for a notice. */
  header: number;
  /** Rows rendered beyond each edge of the viewport. */
  overscan: number;
  /** Dropped rows above the oldest one before the list moves up by them. */
  slack: number;
}

const DEFAULTS: Options = { rowHeight: 19, header: 1, overscan: 10, slack: 20_000 };

/** Closer to the end than this counts as at the end. */
const NEAR_PX = 24;

/**
 * The visible rows of a log, in a scrolling element as high as all of them.
 *
 * Follows the end while lines arrive, lets go when the user scrolls up, and follows again at the
 * end. In between, the row at the upper edge stays in place, whatever is dropped or added above it
 * and whatever turns out higher than one row.
 */
export function createLogWindow(source: LogSource, options: Partial<Options> = {}) {
  const { rowHeight, header, overscan, slack } = { ...DEFAULTS, ...options };
  const extras = new RowExtras();
  const [measured, setMeasured] = createSignal(0);
  const [element, setElement] = createSignal<HTMLElement>();
  const [top, setTop] = createSignal(0);
  const [size, setSize] = createSignal({ width: 0, height: 0, gutter: 0 });
  const [following, setFollowing] = createSignal(true);
  const [releasedAt, setReleasedAt] = createSignal(0);
  /** Number of the row placed below the header. */
  const [base, setBase] = createSignal(source.ring.first);
  let lastTop = 0;
  /** The row at the upper edge, and how many of its pixels are above. */
  let anchor = { number: base(), above: 0 };

  const place = (number: number) => {
    measured();
    const rows = number - base() + extras.between(base(), number);
    return (header + rows) * rowHeight;
  };
  const numberAt = (position: number) => {
    let low = base();
    let high = source.ring.next;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (place(middle) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const scrollTo = (target: HTMLElement, position: number) => {
    target.scrollTop = position;
    lastTop = target.scrollTop;
    setTop(lastTop);
  };
  const holdOn = () => {
    const number = numberAt(lastTop);
    anchor = { number, above: lastTop - place(number) };
  };

  const range = createMemo(
    () => {
      source.version();
      const { ring } = source;
      const inSight = Math.ceil(size().height / rowHeight) + 1;
      const from = following() ? ring.next - inSight : numberAt(top());
      return {
        start: Math.max(ring.first, from - overscan),
        end: Math.min(ring.next, from + inSight + overscan),
      };
    },
    undefined,
    { equals: (a, b) => a.start === b.start && a.end === b.end },
  );

  const release = () => {
    if (!following()) return;
    setReleasedAt(source.ring.next);
    setFollowing(false);
  };
  const follow = () => {
    setFollowing(true);
    const target = element();
    if (target) scrollTo(target, target.scrollHeight);
  };
  const onScroll = (target: HTMLElement) => {
    const atEnd = target.scrollHeight - target.clientHeight - target.scrollTop < NEAR_PX;
    // Only the user scrolls up: a growing log moves only the end.
    if (atEnd) setFollowing(true);
    else if (target.scrollTop < lastTop) release();
    lastTop = target.scrollTop;
    setTop(lastTop);
    holdOn();
  };
  const settle = (target: HTMLElement) => {
    if (following()) scrollTo(target, target.scrollHeight);
    else {
      // The rows being read have been dropped: continue with the oldest one.
      if (anchor.number < source.ring.first) anchor = { number: source.ring.first, above: 0 };
      scrollTo(target, place(anchor.number) + anchor.above);
      // With everything visible, there is nothing to let go of.
      if (target.scrollHeight <= target.clientHeight) setFollowing(true);
    }
  };
  const remeasure = () => {
    extras.clear();
    setMeasured((previous) => previous + 1);
  };

  /** Resets for other lines with new numbers: shows their end. */
  const reset = () => {
    setBase(source.ring.first);
    remeasure();
    follow();
  };

  createEffect(
    on(source.version, () => {
      const { first } = source.ring;
      if (first >= base() && first - base() <= slack) return;
      extras.dropBefore(first);
      setBase(first);
    }),
  );
  createEffect(
    on([element, source.version, base, measured], ([target]) => {
      if (target) settle(target);
    }),
  );
  createEffect(() => {
    const target = element();
    if (!target) return;
    const scrolled = () => onScroll(target);
    const resized = new ResizeObserver(() => {
      if (target.clientWidth !== size().width) remeasure();
      setSize(sizeOf(target));
      settle(target);
    });
    setSize(sizeOf(target));
    target.addEventListener("scroll", scrolled, { passive: true });
    resized.observe(target);
    onCleanup(() => {
      target.removeEventListener("scroll", scrolled);
      resized.disconnect();
    });
  });

  const show = (target: HTMLElement, number: number) => {
    release();
    scrollTo(target, Math.max(0, place(number) - target.clientHeight / 2));
    holdOn();
    // In a line wider than the window, scroll to the match.
    requestAnimationFrame(() =>
      target
        .querySelector("mark[data-current]")
        ?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
  };

  return {
    rowHeight,
    range,
    /** The element's width: wrapped rows change their height with it. */
    width: () => size().width,
    /** The width of the scroll bar. */
    gutter: () => size().gutter,
    /** Offset of the first rendered row in pixels. */
    offset: () => place(range().start),
    /** Offset of the header. */
    headerOffset: () => {
      source.version();
      return place(source.ring.first) - header * rowHeight;
    },
    /** Height of all rows in pixels. */
    totalHeight: () => {
      source.version();
      return place(source.ring.next);
    },
    following,
    follow,
    /** True when the oldest row is rendered. */
    atBeginning: () => {
      source.version();
      return range().start === source.ring.first;
    },
    /** Number of new lines since it let go. */
    missed: () => {
      source.version();
      return following() ? 0 : source.ring.next - releasedAt();
    },
    /** Lets go, so that the visible rows stay in place. */
    hold: () => {
      release();
      holdOn();
    },
    /** Lets go, and centers a row. */
    show: (number: number) => {
      const target = element();
      if (target) show(target, number);
    },
    /** As `show`, for a row out of view. */
    reveal: (number: number) => {
      const target = element();
      if (!target) return;
      const top = place(number) - target.scrollTop;
      if (top < 0 || top + rowHeight > target.clientHeight) show(target, number);
    },
    /** Reports the heights in rows of the entries from `first` on. */
    measure: (first: number, rows: readonly number[]) => {
      const changed = rows.filter((count, index) => extras.set(first + index, count - 1));
      if (changed.length > 0) setMeasured((previous) => previous + 1);
    },
    remeasure,
    reset,
    setElement,
  };
}

function sizeOf(target: HTMLElement) {
  const { clientWidth: width, clientHeight: height, offsetWidth } = target;
  return { width, height, gutter: Math.max(0, offsetWidth - width) };
}

export type LogWindow = ReturnType<typeof createLogWindow>;
