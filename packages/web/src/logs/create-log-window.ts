import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import type { LogSource } from "./log-ring.ts";
import { RowExtras } from "./row-extras.ts";

interface Options {
  rowHeight: number;
  /** Rows that are kept free above the oldest one, for what is said there. */
  header: number;
  /** Rows that are drawn beyond each edge of what is in sight. */
  overscan: number;
  /** Rows that may have gone above the oldest one before the list is moved up by them. */
  slack: number;
}

const DEFAULTS: Options = { rowHeight: 19, header: 1, overscan: 10, slack: 20_000 };

/** Closer to the end than this counts as being there. */
const NEAR_PX = 24;

/**
 * Which rows of a log are in sight, in a scrolled element that is as high as all of them.
 *
 * It keeps to the end while lines come, lets go as soon as somebody scrolls up, and takes hold
 * again at the end. Until then the row at the upper edge stays where it is, whatever is dropped
 * or added above it and whatever is found to be higher than one row.
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
  /** Number of the row whose place is below the header. */
  const [base, setBase] = createSignal(source.ring.first);
  let lastTop = 0;
  /** The row at the upper edge, and how many pixels of it are above. */
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
    // Only a reader scrolls up: a growing log moves nothing but the end.
    if (atEnd) setFollowing(true);
    else if (target.scrollTop < lastTop) release();
    lastTop = target.scrollTop;
    setTop(lastTop);
    holdOn();
  };
  const settle = (target: HTMLElement) => {
    if (following()) scrollTo(target, target.scrollHeight);
    else {
      // What was being read has been dropped: go on with the oldest row there is.
      if (anchor.number < source.ring.first) anchor = { number: source.ring.first, above: 0 };
      scrollTo(target, place(anchor.number) + anchor.above);
      // With all of it in sight there is nothing to let go of.
      if (target.scrollHeight <= target.clientHeight) setFollowing(true);
    }
  };
  const remeasure = () => {
    extras.clear();
    setMeasured((previous) => previous + 1);
  };

  /** For other lines, numbered anew: shows their end. */
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
    // Of a line that is wider than the window, the marked part.
    requestAnimationFrame(() =>
      target
        .querySelector("mark[data-current]")
        ?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
  };

  return {
    rowHeight,
    range,
    /** The width of the element: what is wrapped has other heights when it changes. */
    width: () => size().width,
    /** What the scroll bar takes of the element. */
    gutter: () => size().gutter,
    /** Where the first row that is drawn has its place, in pixels. */
    offset: () => place(range().start),
    /** Where there is room for the header. */
    headerOffset: () => {
      source.version();
      return place(source.ring.first) - header * rowHeight;
    },
    /** Of all rows, in pixels. */
    totalHeight: () => {
      source.version();
      return place(source.ring.next);
    },
    following,
    follow,
    /** True when the oldest row is drawn. */
    atBeginning: () => {
      source.version();
      return range().start === source.ring.first;
    },
    /** Lines that came since it let go. */
    missed: () => {
      source.version();
      return following() ? 0 : source.ring.next - releasedAt();
    },
    /** Lets go, so that what is read stays where it is. */
    hold: () => {
      release();
      holdOn();
    },
    /** Lets go, and brings a row to the middle. */
    show: (number: number) => {
      const target = element();
      if (target) show(target, number);
    },
    /** As `show`, for a row that is not in sight. */
    reveal: (number: number) => {
      const target = element();
      if (!target) return;
      const top = place(number) - target.scrollTop;
      if (top < 0 || top + rowHeight > target.clientHeight) show(target, number);
    },
    /** Tells how many rows the entries from `first` on take. */
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
