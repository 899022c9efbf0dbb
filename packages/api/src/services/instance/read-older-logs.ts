import type { InstanceId } from "@claw/core/instance";
import type { LogLine } from "@claw/core/log-cursor";
import type { AppContext } from "../../context.ts";
import { findInstance } from "./find-instance.ts";

export interface OlderLogsInput {
  id: InstanceId;
  /** Stamp of the oldest line that the reader has. */
  before: string;
  limit: number;
}

/** The last lines before a stamp, oldest first; fewer than `limit` when the log begins there. */
export async function readOlderLogs(
  ctx: AppContext,
  input: OlderLogsInput,
  signal: AbortSignal,
): Promise<{ lines: LogLine[] }> {
  await findInstance(ctx, input.id);
  const query = { before: input.before, tail: input.limit, follow: false, signal };
  const lines: LogLine[] = [];
  for await (const batch of ctx.engine.logs(input.id, query)) lines.push(...batch);
  return { lines };
}
