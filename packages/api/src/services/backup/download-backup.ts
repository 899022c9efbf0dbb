import type { Backup } from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import { findBackup } from "./find-backup.ts";

/** Where downloads are served; the ticket comes after it. */
export const DOWNLOAD_PATH = "/backups/download/";

/**
 * An address under which the backup can be fetched once, to be asked for within a minute. Throws
 * BACKUP_NOT_FOUND, and ARCHIVE_INVALID when the file is not the one that is listed.
 */
export async function createDownloadTicket(ctx: AppContext, id: string): Promise<{ url: string }> {
  await requireFile(ctx, await findBackup(ctx, id));
  return { url: DOWNLOAD_PATH + ctx.tickets.issue(id) };
}

/** The backup of a ticket, which is not used up. Throws also TICKET_INVALID. */
export async function findDownload(ctx: AppContext, ticket: string): Promise<Backup> {
  const backup = await findBackup(ctx, ctx.tickets.look(ticket));
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
