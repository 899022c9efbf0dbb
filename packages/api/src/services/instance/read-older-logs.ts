import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { LogLine, OlderLogs } from "@claw/core/log-cursor";
import { sizeOf } from "@claw/core/log-size";
import type { AppContext } from "../../context.ts";
import { OLDER_LIMIT_BYTES } from "../../engine/engine.ts";
import { findInstance } from "./find-instance.ts";

export interface OlderLogsInput {
  id: InstanceId;
  /** Timestamp of the reader's oldest line. */
  before: string;
  limit: number;
}

/** Limit of one read. */
const WITHIN_MS = 30_000;

/**
 * The last lines before a timestamp, oldest first; fewer than `limit` at the beginning of the log,
 * or with `more` if long lines exceed what the engine returns at a time.
 */
export async function readOlderLogs(
  ctx: AppContext,
  input: OlderLogsInput,
  signal: AbortSignal,
): Promise<OlderLogs> {
  await findInstance(ctx, input.id);
  const lines: LogLine[] = [];
  await ctx.runtime.live.logReads(signal, async () => {
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
