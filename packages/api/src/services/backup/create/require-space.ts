import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";

/** What an archive needs beyond the instances' files. */
const OVERHEAD = 1_000_000;
/** How much worse than the last one an archive may be packed. */
const MARGIN = 1.25;

/**
 * Throws DISK_FULL, saying how much is missing, unless there is room for copies of so many bytes
 * beside the instances and for the archive of them in the backup folder.
 */
export async function requireSpace(ctx: AppContext, bytes: number): Promise<void> {
  const { backups, instances, isOneDisk } = await ctx.archives.space();
  const archive = Math.ceil(bytes * (await packedShare(ctx))) + OVERHEAD;
  const missing = isOneDisk
    ? bytes + archive - backups.free
    : Math.max(bytes - instances.free, archive - backups.free);
  if (missing <= 0) return;
  const where =
    isOneDisk || bytes - instances.free < archive - backups.free
      ? "the disk of the backups"
      : "the disk of the instances";
  throw new DomainError(
    "DISK_FULL",
    `There is not enough room on ${where}: ${inWords(missing)} more must be free. Delete old backups or make room, then try again. Nothing was stopped.`,
  );
}

/** What share of its bytes an archive will take, to judge by the last one; never more than all. */
async function packedShare(ctx: AppContext): Promise<number> {
  const last = (await ctx.store.listBackups()).find(({ fault }) => fault === null);
  const before = last?.instances.reduce((total, { bytes }) => total + bytes, 0) ?? 0;
  return last && before > OVERHEAD ? Math.min(1, (last.size / before) * MARGIN) : 1;
}

function inWords(bytes: number): string {
  const megabytes = Math.ceil(bytes / 1_000_000);
  return megabytes < 10_000 ? `${megabytes} MB` : `${(megabytes / 1_000).toFixed(1)} GB`;
}
