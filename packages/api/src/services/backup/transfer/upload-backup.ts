import type { Backup } from "@claw/core/backup/backup";
import { SCHEDULE } from "@claw/core/backup/retention";
import { DomainError } from "@claw/core/errors";
import pLimit from "p-limit";
import type { AppContext } from "../../../context.ts";
import type { ArchiveFile } from "../../../files/archive-codec.ts";
import { timestamp } from "../../../host/host.ts";
import { recordOf } from "../catalogue/insert-backup.ts";
import { receiveArchive } from "./receive-archive.ts";
import { watchSender } from "./watch-sender.ts";

export interface Upload {
  body: AsyncIterable<Uint8Array>;
  /** Announced bytes, if any. */
  size: number | null;
  /** Key under which the sender can follow verification. */
  key?: string | undefined;
  /** Aborts when the sender is gone: nobody would get the result. */
  signal?: AbortSignal | undefined;
}

/** Prevents two identical files from both counting as new. */
const oneAfterTheOther = pLimit(1);

/**
 * Receives an external backup, verifies it and lists it under a name chosen by the panel. `isNew`
 * is false if the same bytes were listed already: returns that backup, and uses the upload in place
 * of its file if that was lost or faulty. Throws DISK_FULL, ARCHIVE_INVALID, CANCELLED when the
 * sender stalls or is gone, or what the body throws; leaves nothing behind then.
 */
export async function uploadBackup(
  ctx: AppContext,
  upload: Upload,
): Promise<{ backup: Backup; isNew: boolean }> {
  if (upload.size !== null) await requireSpace(ctx, upload.size);
  const file = await receive(ctx, upload);
  try {
    return await oneAfterTheOther(() => list(ctx, file));
  } catch (error) {
    await ctx.disk.repository.delete(file.filename);
    throw error;
  } finally {
    ctx.runtime.backups.notify();
  }
}

async function receive(ctx: AppContext, { body, key, signal }: Upload): Promise<ArchiveFile> {
  using sender = watchSender(ctx.host, body, ctx.config.uploadIdleMs);
  try {
    return await receiveArchive(ctx.disk, sender.body, {
      signal: AbortSignal.any([
        ctx.runtime.live.signal,
        sender.signal,
        ...(signal ? [signal] : []),
      ]),
      onVerifying: (done) => key !== undefined && ctx.runtime.uploads.tell(key, done),
    });
  } finally {
    if (key !== undefined) ctx.runtime.uploads.forget(key);
  }
}

async function list(ctx: AppContext, file: ArchiveFile) {
  const same = (await ctx.store.listBackups()).find(({ sha256 }) => sha256 === file.sha256);
  if (!same) {
    // Whatever the file claims, the schedule must not delete it, and it belongs to nobody here. A
    // user of the same name may be another person, on another machine.
    const listed = recordOf(ctx, file);
    const instances = listed.instances.map((each) => ({ ...each, owner: null }));
    const backup = { ...listed, instances, createdBy: "upload" };
    await ctx.store.saveBackup(backup);
    return { backup, isNew: true };
  }
  // An uploaded backup is the user's to delete from now on, even if the schedule made it.
  const createdBy = same.createdBy === SCHEDULE ? "upload" : same.createdBy;
  // The upload gets the listed name only if that file is gone.
  const isInItsPlace = same.filename === file.filename;
  const isThere =
    !isInItsPlace && (await ctx.disk.repository.stat(same.filename))?.size === file.size;
  if (isThere && same.fault === null) {
    const kept: Backup = { ...same, createdBy };
    await ctx.store.saveBackup(kept);
    await ctx.disk.repository.delete(file.filename);
    return { backup: kept, isNew: false };
  }
  const { filename } = file;
  const verifiedAt = timestamp(ctx.host);
  const mended: Backup = { ...same, filename, createdBy, verifiedAt, fault: null };
  await ctx.store.saveBackup(mended);
  if (!isInItsPlace) await ctx.disk.repository.delete(same.filename);
  return { backup: mended, isNew: false };
}

async function requireSpace(ctx: AppContext, size: number): Promise<void> {
  const { free } = await ctx.disk.repository.space();
  if (size <= free) return;
  throw new DomainError(
    "DISK_FULL",
    `The file has ${size} bytes, and only ${free} are free where backups are kept. Make room, or delete backups, then upload it again.`,
  );
}
