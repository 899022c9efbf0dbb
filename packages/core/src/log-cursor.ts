import { z } from "zod";

/** A line that a container wrote. `ts` is RFC 3339 in UTC with nine decimals, as in Docker. */
const LogLine = z.object({
  ts: z.string(),
  stream: z.enum(["stdout", "stderr"]),
  text: z.string(),
});
export type LogLine = z.output<typeof LogLine>;

/** One step of a followed log. */
export const LogBatch = z.object({
  lines: z.array(LogLine),
  /** Lines skipped before these: the reader was too slow, or they are damaged. */
  skipped: z.number(),
  /** Minimum number of these lost by the log itself; absent if none. */
  damaged: z.number().exactOptional(),
});
export type LogBatch = z.output<typeof LogBatch>;

/** Lines before those that a reader has; `more`: there may be still older ones. */
export const OlderLogs = z.object({ lines: z.array(LogLine), more: z.boolean() });
export type OlderLogs = z.output<typeof OlderLogs>;

/**
 * A reader's position in one stream: the last timestamp and the number of lines read with exactly
 * that timestamp. Timestamps are ordered within a stream, not between the two.
 */
export interface StreamPosition {
  ts: string;
  count: number;
}

/** A position in a container's log. `null`: from the stream's beginning. */
export interface LogCursor {
  stdout: StreamPosition | null;
  stderr: StreamPosition | null;
}

export const LOG_START: LogCursor = { stdout: null, stderr: null };

const POSITION = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z)\*(0|[1-9]\d{0,8})$/;

/** How far a line's timestamp may lie before that of a preceding line of the other stream. */
const SKEW_MS = 1_000;

export function formatCursor(cursor: LogCursor): string {
  const part = (position: StreamPosition | null) =>
    position === null ? "-" : `${position.ts}*${position.count}`;
  return `${part(cursor.stdout)},${part(cursor.stderr)}`;
}

/** The cursor in `text`, or null when malformed. */
export function parseCursor(text: string): LogCursor | null {
  const parts = text.split(",");
  if (parts.length !== 2) return null;
  const [stdout, stderr] = parts.map((part) => {
    if (part === "-") return null;
    const [, ts, count] = POSITION.exec(part) ?? [];
    if (ts === undefined || Number.isNaN(Date.parse(ts))) return undefined;
    return { ts, count: Number(count) };
  });
  return stdout === undefined || stderr === undefined ? null : { stdout, stderr };
}

/**
 * The earlier of the two streams' timestamps: reading from it misses nothing. Null: from the start.
 */
export function earliestStamp(cursor: LogCursor): string | null {
  if (cursor.stdout === null || cursor.stderr === null) return null;
  return cursor.stdout.ts < cursor.stderr.ts ? cursor.stdout.ts : cursor.stderr.ts;
}

/** The cursor after `lines`, which are in log order. */
export function advance(cursor: LogCursor, lines: readonly LogLine[]): LogCursor {
  const next = { ...cursor };
  const first = lines[0];
  if (first && cursor.stdout === null && cursor.stderr === null) {
    // A reader that began with the last lines must not later receive much older ones of the stream
    // that was silent in them; yet its next line may have a slightly earlier timestamp.
    const floor = { ts: secondBefore(first.ts), count: 0 };
    next.stdout = floor;
    next.stderr = floor;
  }
  for (const line of lines) {
    const position = next[line.stream];
    next[line.stream] =
      position?.ts === line.ts
        ? { ts: line.ts, count: position.count + 1 }
        : { ts: line.ts, count: 1 };
  }
  return next;
}

/**
 * A predicate that drops lines which a reader at `cursor` has seen, for lines re-read in log order
 * from the cursor or earlier. `from` is the position after which the lines begin.
 */
export function linesAfter(
  cursor: LogCursor,
  from: LogCursor = LOG_START,
): (line: LogLine) => boolean {
  const before = (stream: LogLine["stream"]) =>
    from[stream] !== null && from[stream].ts === cursor[stream]?.ts ? from[stream].count : 0;
  const seen = { stdout: before("stdout"), stderr: before("stderr") };
  return (line) => {
    const position = cursor[line.stream];
    if (position === null || line.ts > position.ts) return true;
    if (line.ts < position.ts) return false;
    seen[line.stream] += 1;
    return seen[line.stream] > position.count;
  };
}

/** Keeps the nanoseconds, which a Date would round: only the whole seconds change. */
function secondBefore(ts: string): string {
  const second = new Date(Date.parse(`${ts.slice(0, 19)}Z`) - SKEW_MS).toISOString();
  return second.slice(0, 19) + ts.slice(19);
}
