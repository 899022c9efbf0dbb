import { setTimeout as delay } from "node:timers/promises";
import type { InstanceId } from "@claw/core/instance";
import { advance, LOG_START, type LogCursor } from "@claw/core/log-cursor";
import type { AppContext } from "../../context.ts";
import type { FollowedLog } from "../runtime/log-tails.ts";
import { findInstance } from "./find-instance.ts";
import { createLineBuffer, type LineBatch } from "./line-buffer.ts";
import { readBacklog } from "./read-backlog.ts";

export interface FollowLogsInput {
  id: InstanceId;
  /** Last lines to start with, without `after`. */
  tail: number;
  /** The reader's position. */
  after: LogCursor | null;
}

/** About 1 MB of usual lines for a stalled viewer. */
const BUFFERED_LINES = 5_000;
const BUFFERED_BYTES = 2 * 1024 * 1024;
const PATIENCE_MS = 5_000;
/** After this long without a line, send a cursor anyway. */
const SILENCE_MS = 250;
/** Limit for the engine to report that position. */
const PLACED_WITHIN_MS = 5_000;
/** Delay before retrying a log that the engine could not deliver. */
const RETRY_MS = 1_000;

type Buffer = ReturnType<typeof createLineBuffer>;

interface Pumped {
  log: FollowedLog;
  buffer: Buffer;
  signal: AbortSignal;
  /** Called once the reader's position is known, or cannot be determined. */
  onPlaced: () => void;
}

/**
 * An instance's log from now on, across stops, starts and new containers, until `signal` aborts or
 * the instance is deleted. Each line arrives once, or is counted in `skipped`. New lines come from
 * a single stream shared by all viewers of the instance.
 */
export async function* followLogs(
  ctx: AppContext,
  input: FollowLogsInput,
  signal: AbortSignal,
): AsyncGenerator<LineBatch> {
  await findInstance(ctx, input.id);
  const left = new AbortController();
  const both = AbortSignal.any([signal, left.signal, ctx.runtime.live.signal]);
  await using log = ctx.runtime.live.logTails.join(input.id, both);
  const buffer = createLineBuffer({
    start: input.after ?? LOG_START,
    limit: BUFFERED_LINES,
    limitBytes: BUFFERED_BYTES,
    patienceMs: PATIENCE_MS,
  });
  both.addEventListener("abort", () => buffer.end(), { once: true });
  const placed = Promise.withResolvers<void>();
  const timer = setTimeout(placed.resolve, PLACED_WITHIN_MS);
  const pumping = pump(ctx, input, { log, buffer, signal: both, onPlaced: placed.resolve })
    .then(
      () => buffer.end(),
      (error: unknown) => buffer.end(both.aborted ? undefined : error),
    )
    .finally(placed.resolve);
  try {
    // Until then the position is the log's beginning, and a reader resuming there would get
    // everything.
    await placed.promise;
    clearTimeout(timer);
    let first = await buffer.take(SILENCE_MS);
    while (first !== null && !both.aborted) {
      yield first;
      first = await buffer.take();
    }
  } finally {
    left.abort();
    await pumping;
  }
}

/** Sends the backlog behind the reader's position, then new lines; repeats after falling behind. */
async function pump(
  ctx: AppContext,
  input: FollowLogsInput,
  { log, buffer, signal, onPlaced }: Pumped,
): Promise<void> {
  let after = input.after;
  for (;;) {
    const end = await log.begin();
    if (end === null) return;
    if (after !== null || input.tail > 0) {
      const target = { id: input.id, tail: input.tail, after, end };
      const read = await readBacklog(ctx, target, buffer, signal);
      after = read.after;
      if (read.stoppedBy !== null) onPlaced();
      if (read.stoppedBy === "reader") await buffer.drained();
      if (read.stoppedBy === "engine") await delay(RETRY_MS, undefined, { signal });
      if (read.stoppedBy !== null) continue;
    }
    // A reader without old lines must be able to resume from their end.
    if (after === null) buffer.startAt(end);
    onPlaced();
    after = await relay(log, after ?? end, buffer);
    if (after === null) return;
  }
}

/** Forwards new lines. Returns the reader's position when it falls behind, null at the end. */
async function relay(log: FollowedLog, from: LogCursor, buffer: Buffer): Promise<LogCursor | null> {
  let after = from;
  for (;;) {
    const piece = await log.take();
    if (piece === null) return null;
    if (piece === "behind") return after;
    after = advance(after, piece.lines);
    await buffer.push(piece.lines, piece.damaged);
  }
}
