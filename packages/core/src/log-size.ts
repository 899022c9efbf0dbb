import type { LogLine } from "./log-cursor.ts";

/** A line is kept to this many bytes of UTF-8; what is longer is cut, and says so. */
export const LINE_LIMIT_BYTES = 64 * 1024;

/** About what a line costs beside its text. */
const LINE_COST_BYTES = 128;

/** Ends a line that was cut. `bytes` is how long it was. */
export function cutMark(bytes: number): string {
  return `… [cut: ${bytes} bytes]`;
}

/** About how many bytes of memory lines take: what waits for a reader is bounded by it. */
export function sizeOf(lines: readonly LogLine[]): number {
  return lines.reduce((sum, { text }) => sum + 2 * text.length + LINE_COST_BYTES, 0);
}
