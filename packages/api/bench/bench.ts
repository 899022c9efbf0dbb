import { median } from "./statistics.ts";

/** One number beside its reference of the same run. */
export interface Row {
  name: string;
  unit: string;
  value: number;
  /** The reference value, measured in the same run. */
  reference?: { name: string; value: number };
  /** The bar: on the number itself, or on number / reference. A row without one only informs. */
  target?: Target;
  /** Every single measurement behind value and reference. */
  samples?: Record<string, readonly number[]>;
  /** `samples.ours` and `samples.reference` were taken turn by turn: their ratio is taken so too. */
  paired?: true;
}

export type Target =
  | { ratio: "atMost" | "atLeast"; bar: number }
  | { value: "atMost" | "atLeast"; bar: number };

export interface BenchContext {
  /** A folder for this bench alone; everything that it makes in Docker is labelled with it. */
  folder: string;
  /** Small sizes, to see that a bench works; the numbers mean little then. */
  quick: boolean;
  images: { stub: string; openclaw: string };
  /** Path of the Compose v2 binary. */
  compose: string;
  /** Folder for CPU profiles of the panel, or null. */
  profiles: string | null;
  /**
   * Waits, within reason, for a moment in which the machine does nothing else. `ownShare`: the
   * part of its CPU time that the bench itself takes all the while.
   */
  quietMoment: (ownShare?: number) => Promise<void>;
  /** Tells the person who waits what goes on. */
  say: (text: string) => void;
}

export interface Bench {
  name: string;
  run: (context: BenchContext) => Promise<Row[]>;
}

/**
 * `number / reference`, or null without one. Of pairs, the median of their ratios: whatever else
 * the machine had to do meanwhile was the same for both halves of a pair.
 */
export function ratioOf({ value, reference, samples, paired }: Row): number | null {
  if (!reference) return null;
  if (!paired) return value / reference.value;
  const { ours = [], reference: theirs = [] } = samples ?? {};
  return median(ours.map((one, index) => one / (theirs[index] ?? Number.NaN)));
}

/** Whether a row reaches its bar; null when it has none. */
export function passes(row: Row): boolean | null {
  if (!row.target) return null;
  const [direction, number] =
    "ratio" in row.target ? [row.target.ratio, ratioOf(row)] : [row.target.value, row.value];
  if (number === null || Number.isNaN(number)) return false;
  return direction === "atMost" ? number <= row.target.bar : number >= row.target.bar;
}
