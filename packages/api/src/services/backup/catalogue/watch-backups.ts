import type { Backup } from "@claw/core/backup/backup";
import type { AppContext } from "../../../context.ts";

/** All backups, newest first: now and after each change. */
export async function* watchBackups(
  ctx: AppContext,
  signal: AbortSignal,
): AsyncGenerator<{ type: "snapshot"; backups: Backup[] }> {
  const changes = ctx.runtime.backups.changes(signal);
  yield { type: "snapshot", backups: await ctx.store.listBackups() };
  for await (const _ of changes) yield { type: "snapshot", backups: await ctx.store.listBackups() };
}
