import { createEffect, createSignal, on, untrack } from "solid-js";
import type { LogRows } from "./create-log-rows.ts";
import { createScroller } from "./create-scroller.ts";
import type { LogSource } from "./log-ring.ts";

/** Closer to the end than this counts as at the end. */
const NEAR_PX = 24;

/**
 * Follows the end of a log while lines arrive, lets go when the user scrolls up, and follows again
 * at the end. In between, the row at the upper edge stays in place.
 */
export function createLogFollow(source: LogSource, rows: LogRows) {
  const [following, setFollowing] = createSignal(true);
  const [releasedAt, setReleasedAt] = createSignal(0);
  /** The row at the upper edge, and how many of its pixels are above. */
  let anchor = { number: source.ring.first, above: 0 };

  const scroller = createScroller({
    onScroll(target, from) {
      const atEnd = target.scrollHeight - target.clientHeight - target.scrollTop < NEAR_PX;
      // Only the user scrolls up: a growing log moves only the end.
      if (atEnd) setFollowing(true);
      else if (target.scrollTop < from) release();
      holdOn();
    },
    onWidth: rows.remeasure,
    onResize: (target) => settle(target),
  });
  const { element, scrollTo } = scroller;

  const holdOn = () => {
    const top = untrack(scroller.top);
    const number = rows.numberAt(top);
    anchor = { number, above: top - rows.place(number) };
  };
  const release = () => {
    if (!following()) return;
    setReleasedAt(source.ring.next);
    setFollowing(false);
  };
  const settle = (target: HTMLElement) => {
    if (following()) scrollTo(target, target.scrollHeight);
    else {
      // The rows being read have been dropped: continue with the oldest one.
      if (anchor.number < source.ring.first) anchor = { number: source.ring.first, above: 0 };
      scrollTo(target, rows.place(anchor.number) + anchor.above);
      // With everything visible, there is nothing to let go of.
      if (target.scrollHeight <= target.clientHeight) setFollowing(true);
    }
  };

  createEffect(
    on([element, source.version, rows.base, rows.measured], ([target]) => {
      if (target) settle(target);
    }),
  );

  return {
    scroller,
    following,
    follow() {
      setFollowing(true);
      const target = element();
      if (target) scrollTo(target, target.scrollHeight);
    },
    /** Number of new lines since it let go. */
    missed: () => (following() ? 0 : source.ring.next - releasedAt()),
    /** Lets go, so that the visible rows stay in place. */
    hold() {
      release();
      holdOn();
    },
    /** Lets go, and scrolls. */
    leaveFor(target: HTMLElement, position: number) {
      release();
      scrollTo(target, position);
      holdOn();
    },
  };
}
