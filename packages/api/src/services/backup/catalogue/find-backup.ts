import type { Backup } from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";

/** The record of a backup. Throws BACKUP_NOT_FOUND. */
export async function findBackup(ctx: AppContext, id: string): Promise<Backup> {
  const backup = await ctx.store.findBackup(id);
  if (backup) return backup;
  throw new DomainError(
    "BACKUP_NOT_FOUND",
    "There is no such backup any more. Load the list of backups again.",
  );
}
