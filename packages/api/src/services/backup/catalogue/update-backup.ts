import type { Backup } from "@claw/core/backup/backup";
import type { AppContext } from "../../../context.ts";
import { findBackup } from "./find-backup.ts";

/** What may be changed of a record; the file stays as it was made. */
export type BackupPatch = Partial<
  Pick<Backup, "note" | "pinned" | "verifiedAt" | "provenAt" | "fault">
>;

/** Changes what the panel knows of a backup, and tells who watches. Throws BACKUP_NOT_FOUND. */
export async function updateBackup(
  ctx: AppContext,
  id: string,
  patch: BackupPatch,
): Promise<Backup> {
  const backup = { ...(await findBackup(ctx, id)), ...patch };
  await ctx.store.saveBackup(backup);
  ctx.backups.notify();
  return backup;
}
