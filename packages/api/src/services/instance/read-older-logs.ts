import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { LogLine } from "@claw/core/log-cursor";
import { sizeOf } from "@claw/core/log-size";
import type { AppContext } from "../../context.ts";
import { OLDER_LIMIT_BYTES } from "../../engine/engine.ts";
import { findInstance } from "./find-instance.ts";

export interface OlderLogsInput {
  id: InstanceId;
  /** Stamp of the oldest line that the reader has. */
  before: string;
  limit: number;
}

/** Nobody has a turn at reading for longer. */
const WITHIN_MS = 30_000;

/**
 * The last lines before a stamp, oldest first; fewer than `limit` when the log begins there, or
 * when there is `more` and they are so long that the engine keeps no more of them at a time.
 */
export async function readOlderLogs(
  ctx: AppContext,
  input: OlderLogsInput,
  signal: AbortSignal,
): Promise<{ lines: LogLine[]; more: boolean }> {
  await findInstance(ctx, input.id);
  const lines: LogLine[] = [];
  await ctx.live.logReads(signal, async () => {
    const tooLate = AbortSignal.timeout(WITHIN_MS);
    const inTime = AbortSignal.any([signal, tooLate]);
    const query = { before: input.before, tail: input.limit, follow: false, signal: inTime };
    for await (const batch of ctx.engine.logs(input.id, query)) lines.push(...batch);
    if (!tooLate.aborted || signal.aborted) return;
    throw new DomainError(
      "ENGINE_SLOW",
      `Docker did not hand out the older lines of ${input.id} within ${WITHIN_MS / 1_000} seconds. Try again.`,
    );
  });
  return { lines, more: lines.length === input.limit || sizeOf(lines) > OLDER_LIMIT_BYTES / 2 };
}
