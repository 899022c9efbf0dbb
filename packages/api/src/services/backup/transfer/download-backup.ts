import type { Viewer } from "@claw/core/access/viewer";
import type { Backup } from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";
import { untilOf } from "../../access/identify.ts";
import { isVisibleBackup } from "../../access/visible.ts";
import { invalidTicket } from "../../runtime/download-tickets.ts";
import { findBackup } from "../catalogue/find-backup.ts";

/** Where downloads are served; the ticket comes after it. */
export const DOWNLOAD_PATH = "/backups/download/";

/**
 * An address under which the backup can be fetched once, to be asked for within a minute. Throws
 * BACKUP_NOT_FOUND, and ARCHIVE_INVALID when the file is not the one that is listed.
 */
export async function createDownloadTicket(
  ctx: AppContext,
  viewer: Viewer,
  id: string,
): Promise<{ url: string }> {
  await requireFile(ctx, await findBackup(ctx, id));
  return { url: DOWNLOAD_PATH + ctx.tickets.issue(id, viewer) };
}

/**
 * The backup of a ticket, which is not used up. Throws also TICKET_INVALID, also when who asked
 * for it has logged out since, or may not have the backup any more.
 */
export async function findDownload(ctx: AppContext, ticket: string): Promise<Backup> {
  const { backupId, viewer } = ctx.tickets.look(ticket);
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

/** A download says what it will be before its first byte: that must be true. */
async function requireFile(ctx: AppContext, backup: Backup): Promise<void> {
  const size = await ctx.archives.size(backup.filename);
  if (size === backup.size) return;
  throw size === null
    ? new DomainError(
        "BACKUP_NOT_FOUND",
        `The file ${backup.filename} is not in the backup folder any more. Put it back, or delete the backup.`,
      )
    : new DomainError(
        "ARCHIVE_INVALID",
        `The file ${backup.filename} has ${size} bytes, and had ${backup.size} when it was made. Something has changed it: verify the backup.`,
      );
}
