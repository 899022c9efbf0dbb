import type { LogLine } from "./log-cursor.ts";

/** Maximum bytes of a line in UTF-8; longer lines are cut and marked. */
export const LINE_LIMIT_BYTES = 64 * 1024;

/** Approximate overhead of a line besides its text. */
const LINE_COST_BYTES = 128;

/** Marks a cut line. `bytes` is its original length. */
export function cutMark(bytes: number): string {
  return `… [cut: ${bytes} bytes]`;
}

/** Approximate memory of lines in bytes; bounds what waits for a reader. */
export function sizeOf(lines: readonly LogLine[]): number {
  return lines.reduce((sum, { text }) => sum + 2 * text.length + LINE_COST_BYTES, 0);
}
