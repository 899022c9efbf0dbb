import type { Backup } from "@claw/core/backup/backup";
import { backupNotFound } from "@claw/core/not-found";
import type { AppContext } from "../../../context.ts";

/** The record of a backup. Throws BACKUP_NOT_FOUND. */
export async function findBackup(ctx: AppContext, id: string): Promise<Backup> {
  const backup = await ctx.store.findBackup(id);
  if (backup) return backup;
  throw backupNotFound();
}
