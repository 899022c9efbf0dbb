import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import type { LogStream } from "./create-log-stream.ts";

interface Options {
  rowHeight: number;
  /** Rows that are drawn beyond each edge of what is in sight. */
  overscan: number;
  /** Rows that may have gone above the oldest one before the list is moved up by them. */
  slack: number;
}

const DEFAULTS: Options = { rowHeight: 19, overscan: 10, slack: 20_000 };

/** Closer to the end than this counts as being there. */
const NEAR_PX = 24;

/**
 * Which rows of a log are in sight, in a scrolled element that is as high as all of them.
 *
 * It keeps to the end while lines come, lets go as soon as somebody scrolls up, and takes hold
 * again at the end. A row has its place by its number, so that what is read stays where it is
 * while the oldest rows are dropped above it: only after `slack` of them is everything moved.
 */
export function createLogWindow(stream: LogStream, options: Partial<Options> = {}) {
  const { rowHeight, overscan, slack } = { ...DEFAULTS, ...options };
  const { ring } = stream;
  const [element, setElement] = createSignal<HTMLElement>();
  const [top, setTop] = createSignal(0);
  const [height, setHeight] = createSignal(0);
  const [following, setFollowing] = createSignal(true);
  const [releasedAt, setReleasedAt] = createSignal(0);
  /** Number of the row whose place is the very top. */
  const [base, setBase] = createSignal(ring.first);
  let lastTop = 0;

  const place = (number: number) => (number - base()) * rowHeight;
  const scrollTo = (target: HTMLElement, position: number) => {
    target.scrollTop = position;
    lastTop = target.scrollTop;
    setTop(lastTop);
  };

  const range = createMemo(
    () => {
      stream.version();
      const inSight = Math.ceil(height() / rowHeight) + 1;
      const from = following() ? ring.next - inSight : base() + Math.floor(top() / rowHeight);
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
    setReleasedAt(ring.next);
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
  };
  const afterLines = (target: HTMLElement) => {
    const gone = ring.first - base();
    if (gone > slack) {
      setBase(ring.first);
      if (!following()) scrollTo(target, Math.max(0, target.scrollTop - gone * rowHeight));
    }
    if (following()) scrollTo(target, target.scrollHeight);
    // What was being read has been dropped: go on with the oldest row there is.
    else if (target.scrollTop < place(ring.first)) scrollTo(target, place(ring.first));
  };

  createEffect(
    on([element, stream.version], ([target]) => {
      if (target) afterLines(target);
    }),
  );
  createEffect(() => {
    const target = element();
    if (!target) return;
    const scrolled = () => onScroll(target);
    const resized = new ResizeObserver(() => {
      setHeight(target.clientHeight);
      if (following()) scrollTo(target, target.scrollHeight);
    });
    setHeight(target.clientHeight);
    target.addEventListener("scroll", scrolled, { passive: true });
    resized.observe(target);
    onCleanup(() => {
      target.removeEventListener("scroll", scrolled);
      resized.disconnect();
    });
  });

  return {
    rowHeight,
    range,
    /** Where the first row that is drawn has its place, in pixels. */
    offset: () => place(range().start),
    /** Of all rows, in pixels. */
    totalHeight: () => {
      stream.version();
      return place(ring.next);
    },
    following,
    follow,
    /** Lines that came since it let go. */
    missed: () => {
      stream.version();
      return following() ? 0 : ring.next - releasedAt();
    },
    /** Lets go, and brings a row to the middle. */
    show: (number: number) => {
      const target = element();
      if (!target) return;
      release();
      scrollTo(target, Math.max(0, place(number) - target.clientHeight / 2));
    },
    setElement,
  };
}

export type LogWindow = ReturnType<typeof createLogWindow>;
