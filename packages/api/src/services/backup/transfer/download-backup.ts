import type { Viewer } from "@claw/core/access/viewer";
import type { Backup } from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";
import { untilOf } from "../../access/identify.ts";
import { isVisibleBackup } from "../../access/visible.ts";
import { invalidTicket } from "../../runtime/download-tickets.ts";
import { findBackup } from "../catalogue/find-backup.ts";

/** Base path of downloads, followed by the ticket. */
export const DOWNLOAD_PATH = "/backups/download/";

/**
 * A URL from which the backup can be downloaded once; must be requested within a minute. Throws
 * BACKUP_NOT_FOUND, and ARCHIVE_INVALID if the file is not the listed one.
 */
export async function createDownloadTicket(
  ctx: AppContext,
  viewer: Viewer,
  id: string,
): Promise<{ url: string }> {
  await requireFile(ctx, await findBackup(ctx, id));
  return { url: DOWNLOAD_PATH + ctx.runtime.tickets.issue(id, viewer) };
}

/**
 * The backup of a ticket, without using the ticket up. Also throws TICKET_INVALID, even when its
 * user has logged out since or no longer has access to the backup.
 */
export async function findDownload(ctx: AppContext, ticket: string): Promise<Backup> {
  const { backupId, viewer } = ctx.runtime.tickets.look(ticket);
  const backup = await findBackup(ctx, backupId);
  const user = await ctx.store.findUserById(viewer.user.id);
  const isTheirs =
    (await untilOf(ctx, viewer)) !== null &&
    user?.role === viewer.user.role &&
    isVisibleBackup(viewer, backup);
  if (!isTheirs) throw invalidTicket();
  await requireFile(ctx, backup);
  return backup;
}

/** Headers announce the file before its first byte, so they must be true. */
async function requireFile(ctx: AppContext, backup: Backup): Promise<void> {
  const found = await ctx.disk.repository.stat(backup.filename);
  if (found?.size === backup.size) return;
  throw found === null
    ? new DomainError(
        "BACKUP_NOT_FOUND",
        `The file ${backup.filename} is not in the backup folder any more. Put it back, or delete the backup.`,
      )
    : new DomainError(
        "ARCHIVE_INVALID",
        `The file ${backup.filename} has ${found.size} bytes, and had ${backup.size} when it was made. Something has changed it: verify the backup.`,
      );
}
