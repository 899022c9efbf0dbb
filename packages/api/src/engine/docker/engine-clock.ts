/** Docker's `Date` has whole seconds: the uncertainty. */
const GRAIN_MS = 1_000;

/** Docker's own clock. The panel's may differ by minutes, and jump when a machine wakes up. */
export interface EngineClock {
  /** Milliseconds since the epoch; the panel's clock until Docker has sent a date. */
  now(): number;
  /** As `now`, but never ahead of Docker's clock. */
  atLeast(): number;
  /** Records the `Date` of an answer. */
  hear(date: string | undefined): void;
}

/** `elapsed` is a monotonic clock, `own` the panel's. */
export function createEngineClock(
  elapsed: () => number = () => performance.now(),
  own: () => number = () => Date.now(),
): EngineClock {
  let ahead: number | null = null;
  /** The lower bound of Docker's time; null while unknown, or when the panel's clock is as good. */
  const told = (): number | null => {
    const time = ahead === null ? null : elapsed() + ahead;
    return time !== null && Math.abs(time - own()) > 2 * GRAIN_MS ? time : null;
  };
  return {
    now() {
      const time = told();
      return time === null ? own() : time + GRAIN_MS / 2;
    },
    atLeast: () => told() ?? own(),
    hear(date) {
      const time = Date.parse(date ?? "");
      if (!Number.isNaN(time)) ahead = time - elapsed();
    },
  };
}
