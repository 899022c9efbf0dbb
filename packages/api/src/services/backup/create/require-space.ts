import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";

/** Archive bytes beyond the instances' files. */
const OVERHEAD = 1_000_000;
/** Tolerance for a compression worse than last time. */
const MARGIN = 1.25;

/**
 * Throws DISK_FULL with the missing amount unless there is room for copies of `bytes` beside the
 * instances and for their archive in the backup folder.
 */
export async function requireSpace(ctx: AppContext, bytes: number): Promise<void> {
  const [backups, instances] = [await ctx.disk.repository.space(), await ctx.disk.storage.space()];
  const isOneDisk = backups.device === instances.device;
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

/** Expected archive size as a share of the bytes, judged by the last backup; at most 1. */
async function packedShare(ctx: AppContext): Promise<number> {
  const last = (await ctx.store.listBackups()).find(({ fault }) => fault === null);
  const before = last?.instances.reduce((total, { bytes }) => total + bytes, 0) ?? 0;
  return last && before > OVERHEAD ? Math.min(1, (last.size / before) * MARGIN) : 1;
}

function inWords(bytes: number): string {
  const megabytes = Math.ceil(bytes / 1_000_000);
  return megabytes < 10_000 ? `${megabytes} MB` : `${(megabytes / 1_000).toFixed(1)} GB`;
}
