import type { Backup } from "@claw/core/backup/backup";
import { backupsToPrune, type Retention } from "@claw/core/backup/retention";
import { messageOf } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";
import { removeBackup } from "../catalogue/remove-backup.ts";

/**
 * Deletes the backups that the policy does not retain; those that are being read, next time.
 * Returns the deleted ones.
 */
export async function pruneBackups(ctx: AppContext, policy: Retention): Promise<Backup[]> {
  const removed: Backup[] = [];
  for (const backup of backupsToPrune(await ctx.store.listBackups(), policy, ctx.host.now())) {
    try {
      await removeBackup(ctx, backup.id);
      removed.push(backup);
      ctx.log.info(`the backup ${backup.filename} was deleted, as the policy says`);
    } catch (error) {
      ctx.log.warn(`the backup ${backup.filename} could not be deleted: ${messageOf(error)}`);
    }
  }
  return removed;
}
