import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";
import { findBackup } from "./find-backup.ts";

/**
 * Deletes a backup permanently. Throws BACKUP_NOT_FOUND, and BUSY while something reads it. Deletes
 * the file first: if that fails, nothing has changed, and a crash in between leaves a record
 * without a file, which the panel's next start marks and which can be deleted again.
 */
export async function removeBackup(ctx: AppContext, id: string): Promise<{ id: string }> {
  const { filename } = await findBackup(ctx, id);
  if (ctx.runtime.backups.isRead(id))
    throw new DomainError(
      "BUSY",
      "The backup is being read right now. Wait until that is done, or cancel the job, then delete it again.",
    );
  await ctx.disk.repository.delete(filename);
  await ctx.store.deleteBackup(id);
  ctx.runtime.backups.notify();
  return { id };
}
