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
const PATIENCE_MS = 5_000;
/** After this long without a first line the reader is given a cursor all the same. */
const SILENCE_MS = 250;

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
  const buffer = createLineBuffer({
    start: input.after ?? LOG_START,
    limit: BUFFERED_LINES,
    patienceMs: PATIENCE_MS,
  });
  both.addEventListener("abort", () => buffer.end(), { once: true });
  const pumping = pump(ctx, input, both, buffer).then(
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

/** Reads one run of the container after the other. */
async function pump(
  ctx: AppContext,
  input: FollowLogsInput,
  signal: AbortSignal,
  buffer: Buffer,
): Promise<void> {
  let after = input.after;
  while (!signal.aborted) {
    const run = runOf(ctx, input.id);
    try {
      const from = after === null ? {} : { after };
      const query = { ...from, tail: input.tail, follow: true, signal };
      for await (const lines of ctx.engine.logs(input.id, query)) {
        after = advance(after ?? LOG_START, lines);
        await buffer.push(lines);
      }
      // The log was read to its end: whatever comes next belongs to this reader.
      after ??= LOG_START;
    } catch (error) {
      if (!hasReason(error, "INSTANCE_NOT_FOUND", "ENGINE_UNREACHABLE")) throw error;
    }
    const instance = await ctx.live.board.until(
      input.id,
      (now) => now === null || runOf(ctx, input.id) !== run,
      signal,
    );
    if (instance === null) return;
  }
}

/** Names one run of a container; another run writes to the log again. */
function runOf(ctx: AppContext, id: InstanceId): string {
  const observed = ctx.live.board.observedOf(id);
  const reachable = ctx.live.board.isReachable();
  return [reachable, observed?.containerId, observed?.startedAt, observed?.state].join();
}
