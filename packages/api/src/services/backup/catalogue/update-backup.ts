import type { Backup } from "@claw/core/backup/backup";
import type { AppContext } from "../../../context.ts";
import { findBackup } from "./find-backup.ts";

/** The mutable fields of a record; the file never changes. */
export type BackupPatch = Partial<
  Pick<Backup, "note" | "pinned" | "verifiedAt" | "provenAt" | "fault">
>;

/** Changes a backup's record and notifies viewers. Throws BACKUP_NOT_FOUND. */
export async function updateBackup(
  ctx: AppContext,
  id: string,
  patch: BackupPatch,
): Promise<Backup> {
  const backup = { ...(await findBackup(ctx, id)), ...patch };
  await ctx.store.saveBackup(backup);
  ctx.runtime.backups.notify();
  return backup;
}
