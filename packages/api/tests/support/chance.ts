/** Pseudo-random numbers, equal for equal seeds, so that a soak can be repeated. */
export interface Chance {
  /** From `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** An item of `all`, which is not empty. */
  one<T>(all: readonly T[]): T;
}

/** Marsaglia's 32-bit xorshift: random enough for picking faults. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    whole,
    one<T>(all: readonly T[]): T {
      const found = all[whole(0, all.length - 1)];
      if (found === undefined) throw new Error("there is nothing to choose from");
      return found;
    },
  };
}
