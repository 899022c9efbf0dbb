/** Docker tells its time in whole seconds: this much is not known. */
const GRAIN_MS = 1_000;

/** Docker's own clock. The panel's may be minutes away from it, and jump when a machine wakes up. */
export interface EngineClock {
  /** Milliseconds since the epoch; until Docker has said its time, the panel's. */
  now(): number;
  /** The same, and never later than Docker's clock. */
  atLeast(): number;
  /** Takes in the `Date` of an answer. */
  hear(date: string | undefined): void;
}

/** `elapsed` is a clock that only goes forward, `own` the panel's. */
export function createEngineClock(
  elapsed: () => number = () => performance.now(),
  own: () => number = () => Date.now(),
): EngineClock {
  let ahead: number | null = null;
  /** At least so late it is there; null while that is not known, or the panel's clock is as good. */
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
