import { hasReason } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { advance, LOG_START, type LogCursor, linesAfter } from "@claw/core/log-cursor";
import type { AppContext } from "../../context.ts";
import type { createLineBuffer } from "./line-buffer.ts";

/** Limit of one read; the rest follows in another turn. */
const WITHIN_MS = 30_000;

export interface BacklogTarget {
  id: InstanceId;
  /** Last lines to start with, without `after`. */
  tail: number;
  after: LogCursor | null;
  /** Lines behind this position arrive otherwise. */
  end: LogCursor;
}

export interface BacklogRead {
  /** The reader's position after the buffered lines. */
  after: LogCursor | null;
  /** Why there is more to read; null if there is not. */
  stoppedBy: "reader" | "engine" | null;
}

/**
 * Buffers lines of a log up to `end`, as many as fit: a read slot is not spent on waiting for a
 * viewer.
 */
export async function readBacklog(
  ctx: AppContext,
  target: BacklogTarget,
  buffer: Pick<ReturnType<typeof createLineBuffer>, "add">,
  signal: AbortSignal,
): Promise<BacklogRead> {
  const { id, tail, end } = target;
  const isLater = linesAfter(end, target.after ?? LOG_START);
  let { after } = target;
  let damaged = 0;
  const onDamage = (lines: number) => {
    damaged += lines;
  };
  const read = async (): Promise<BacklogRead["stoppedBy"]> => {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]);
    const from = after === null ? {} : { after };
    const query = { ...from, tail, follow: false, onDamage, signal: inTime };
    for await (const batch of ctx.engine.logs(id, query)) {
      const lines = batch.filter((line) => !isLater(line));
      if (lines.length === 0) return null;
      after = advance(after ?? LOG_START, lines);
      const isFull = buffer.add(lines, damaged);
      damaged = 0;
      if (isFull) return "reader";
    }
    return inTime.aborted ? "engine" : null;
  };
  try {
    const stoppedBy = await ctx.runtime.live.logReads(signal, read);
    return { after, stoppedBy };
  } catch (error) {
    if (hasReason(error, "INSTANCE_NOT_FOUND")) return { after, stoppedBy: null };
    if (hasReason(error, "ENGINE_UNREACHABLE")) return { after, stoppedBy: "engine" };
    throw error;
  }
}
