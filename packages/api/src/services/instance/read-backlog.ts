import { hasReason } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { advance, LOG_START, type LogCursor, linesAfter } from "@claw/core/log-cursor";
import type { AppContext } from "../../context.ts";
import type { createLineBuffer } from "./line-buffer.ts";

/** Nobody has a turn for longer; what is left is read in another one. */
const WITHIN_MS = 30_000;

export interface BacklogTarget {
  id: InstanceId;
  /** Last lines to begin with when there is no `after`. */
  tail: number;
  after: LogCursor | null;
  /** What is behind this place comes in another way. */
  end: LogCursor;
}

export interface BacklogRead {
  /** Where the reader is after what was put in. */
  after: LogCursor | null;
  /** Why there is more to read; null when there is not. */
  stoppedBy: "reader" | "engine" | null;
}

/**
 * Puts lines of a log up to `end` into the buffer, as many as have room: a turn at reading is not
 * spent on waiting for a viewer.
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
    const stoppedBy = await ctx.live.logReads(signal, read);
    return { after, stoppedBy };
  } catch (error) {
    if (hasReason(error, "INSTANCE_NOT_FOUND")) return { after, stoppedBy: null };
    if (hasReason(error, "ENGINE_UNREACHABLE")) return { after, stoppedBy: "engine" };
    throw error;
  }
}
