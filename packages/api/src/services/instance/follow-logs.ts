import { hasReason } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { advance, LOG_START, type LogCursor } from "@claw/core/log-cursor";
import type { AppContext } from "../../context.ts";
import { findInstance } from "./find-instance.ts";
import { createLineBuffer, type LineBatch } from "./line-buffer.ts";

export interface FollowLogsInput {
  id: InstanceId;
  /** Last lines to begin with when there is no `after`. */
  tail: number;
  /** Where the reader is already. */
  after: LogCursor | null;
}

/** About 1 MB of usual lines for a viewer that does not read. */
const BUFFERED_LINES = 5_000;
const BUFFERED_BYTES = 2 * 1024 * 1024;
const PATIENCE_MS = 5_000;
/** After this long without a first line the reader is given a cursor all the same. */
const SILENCE_MS = 250;
/** How soon a log that broke off is read again while its container runs. */
const RETRY_MS = 1_000;

type Buffer = ReturnType<typeof createLineBuffer>;

/**
 * An instance's log from now on, over stops, starts and new containers, until `signal` aborts or
 * the instance is deleted. Every line comes once, or is counted in `skipped`.
 */
export async function* followLogs(
  ctx: AppContext,
  input: FollowLogsInput,
  signal: AbortSignal,
): AsyncGenerator<LineBatch> {
  await findInstance(ctx, input.id);
  const left = new AbortController();
  const both = AbortSignal.any([signal, left.signal, ctx.live.signal]);
  // Who wants no old lines begins at the log's end, and must be able to come back to it.
  const after = input.after ?? (input.tail === 0 ? await endOfLog(ctx, input.id, both) : null);
  const buffer = createLineBuffer({
    start: after ?? LOG_START,
    limit: BUFFERED_LINES,
    limitBytes: BUFFERED_BYTES,
    patienceMs: PATIENCE_MS,
  });
  both.addEventListener("abort", () => buffer.end(), { once: true });
  const pumping = pump(ctx, { ...input, after }, both, buffer).then(
    () => buffer.end(),
    (error: unknown) => buffer.end(both.aborted ? undefined : error),
  );
  try {
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

/** Where a container's log ends now, or null when nobody can tell. */
export async function endOfLog(ctx: AppContext, id: InstanceId, signal: AbortSignal) {
  let end = LOG_START;
  try {
    for await (const lines of ctx.engine.logs(id, { tail: 1, follow: false, signal }))
      end = advance(end, lines);
    return end;
  } catch (error) {
    if (hasReason(error, "INSTANCE_NOT_FOUND")) return LOG_START;
    if (hasReason(error, "ENGINE_UNREACHABLE")) return null;
    throw error;
  }
}

/** Reads one run of the container after the other. */
async function pump(
  ctx: AppContext,
  input: FollowLogsInput,
  signal: AbortSignal,
  buffer: Buffer,
): Promise<void> {
  let after = input.after;
  let damaged = 0;
  const onDamage = (lines: number) => {
    damaged += lines;
  };
  while (!signal.aborted) {
    const run = runOf(ctx, input.id);
    try {
      const from = after === null ? {} : { after };
      const query = { ...from, tail: input.tail, follow: true, onDamage, signal };
      for await (const lines of ctx.engine.logs(input.id, query)) {
        after = advance(after ?? LOG_START, lines);
        await buffer.push(lines, damaged);
        damaged = 0;
      }
      // The log was read to its end: whatever comes next belongs to this reader.
      after ??= LOG_START;
    } catch (error) {
      if (!hasReason(error, "INSTANCE_NOT_FOUND", "ENGINE_UNREACHABLE")) throw error;
    }
    await nextRun(ctx, input.id, run, signal);
    if (ctx.live.board.find(input.id) === null) return;
  }
}

/**
 * Resolves when there may be more to read: in another run, or in the same one when the engine
 * ended its stream too early.
 */
async function nextRun(ctx: AppContext, id: InstanceId, run: string, signal: AbortSignal) {
  const { board } = ctx.live;
  const goesOn = board.isReachable() && board.observedOf(id)?.state === "running";
  const patience = goesOn ? AbortSignal.any([signal, AbortSignal.timeout(RETRY_MS)]) : signal;
  try {
    await board.until(id, (now) => now === null || runOf(ctx, id) !== run, patience);
  } catch (error) {
    if (signal.aborted || !patience.aborted) throw error;
  }
}

/** Names one run of a container; another run writes to the log again. */
function runOf(ctx: AppContext, id: InstanceId): string {
  const observed = ctx.live.board.observedOf(id);
  const reachable = ctx.live.board.isReachable();
  return [reachable, observed?.containerId, observed?.startedAt, observed?.state].join();
}
