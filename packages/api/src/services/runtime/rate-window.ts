const WINDOW_MS = 5_000;

/** Growth rate of a number over the last seconds. */
export interface RateWindow {
  add(value: number): void;
  /** Whole units per second; 0 if unknown. */
  perSecond(): number;
}

export function createRateWindow(now: () => number): RateWindow {
  const samples: { at: number; value: number }[] = [];

  return {
    add(value) {
      const at = now();
      samples.push({ at, value });
      // Keeps the sample at the edge, from which the window is measured.
      while ((samples[1]?.at ?? at) <= at - WINDOW_MS) samples.shift();
    },
    perSecond() {
      const [first] = samples;
      const last = samples.at(-1);
      if (!first || !last || last.at <= first.at) return 0;
      const grown = Math.max(0, last.value - first.value);
      return Math.round((grown * 1_000) / (last.at - first.at));
    },
  };
}
