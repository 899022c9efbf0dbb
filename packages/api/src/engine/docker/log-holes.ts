import { advance, LOG_START, type LogLine, linesAfter } from "@claw/core/log-cursor";
import type { LogQuery } from "../engine.ts";

const BATCH = 500;
/** How far behind a hole lines are searched for. */
const FURTHEST = 1_024;

/** Reads the last lines from Docker's disk. */
export type ReadTail = (count: number) => Promise<LogLine[]>;

export interface HoleOptions {
  query: LogQuery;
  /** The last line when the reading began; null: not waited for. */
  end: LogLine | null;
  /**
   * Set when Docker had no last line, because the log was empty or ends with a damaged place: then
   * it may have lines with timestamps before this one, which is of that moment.
   */
  endlessAt: string | null;
  readTail: ReadTail;
}

/**
 * `batches` of a log, completed with what Docker omits behind a damaged place of its file. A power
 * failure leaves zeros there, and Docker (20.10 to 28) silently skips what it has read ahead, or
 * everything up to the end at the start of the reading. Either `end` comes, or lines were omitted.
 * Only a reading that begins behind the place is complete.
 */
export async function* withoutHoles(
  batches: AsyncIterable<LogLine[]>,
  options: HoleOptions,
): AsyncGenerator<LogLine[]> {
  const { query, readTail } = options;
  let awaited = options.end;
  let { endlessAt } = options;
  let cursor = query.after ?? LOG_START;
  for await (const batch of batches) {
    if (endlessAt !== null && (batch[0]?.ts ?? "") < endlessAt) query.onDamage?.(1);
    endlessAt = null;
    const at = awaited === null ? -1 : batch.findIndex((line) => isAt(line, awaited));
    if (awaited !== null && at >= 0) {
      if (batch[at]?.ts !== awaited.ts) {
        const before = batch.slice(0, at);
        cursor = advance(cursor, before);
        if (before.length > 0) yield before;
        const left = await leftOut(awaited, cursor, readTail);
        query.onDamage?.(1);
        yield* inBatches(left.filter((line) => isBefore(line, batch.slice(at))));
        yield batch.slice(at);
        awaited = null;
        continue;
      }
      awaited = null;
    }
    if (awaited !== null) cursor = advance(cursor, batch);
    yield batch;
  }
  if (awaited === null || query.signal.aborted) return;
  const left = await leftOut(awaited, cursor, readTail);
  query.onDamage?.(1);
  yield* inBatches(left);
}

/** Timestamps are ordered within a stream, not between the two. */
const isAt = (line: LogLine, awaited: LogLine | null) =>
  awaited !== null && line.stream === awaited.stream && line.ts >= awaited.ts;

function isBefore({ stream, ts }: LogLine, lines: readonly LogLine[]): boolean {
  const first = lines.find((line) => line.stream === stream);
  return first === undefined || ts < first.ts;
}

/** The lines behind the damaged place that are not before `cursor`. */
async function leftOut(
  end: LogLine,
  cursor: typeof LOG_START,
  readTail: ReadTail,
): Promise<LogLine[]> {
  const isNew = linesAfter(cursor);
  return (await longestWholeTail(end, readTail)).filter(isNew);
}

/** The most last lines that can be read without meeting the damaged place. */
async function longestWholeTail(end: LogLine, readTail: ReadTail): Promise<LogLine[]> {
  let whole = [end];
  let good = 1;
  let bad = FURTHEST + 1;
  for (let count = 2; bad - good > 1; ) {
    const lines = await readTail(count);
    const last = lines.at(-1);
    if (lines.length === count && last !== undefined && last.ts >= end.ts) {
      whole = lines;
      good = count;
    } else bad = count;
    count = bad > FURTHEST ? Math.min(good * 2, FURTHEST) : Math.floor((good + bad) / 2);
  }
  return whole;
}

function* inBatches(lines: readonly LogLine[]): Generator<LogLine[]> {
  for (let from = 0; from < lines.length; from += BATCH) yield lines.slice(from, from + BATCH);
}
