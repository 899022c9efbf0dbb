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
  const query = { before: input.before, tail: input.limit, follow: false, signal };
  const lines: LogLine[] = [];
  for await (const batch of ctx.engine.logs(input.id, query)) lines.push(...batch);
  return { lines, more: lines.length === input.limit || sizeOf(lines) > OLDER_LIMIT_BYTES / 2 };
}
