import type { Backup } from "@claw/core/backup/backup";
import { SCHEDULE } from "@claw/core/backup/retention";
import { DomainError } from "@claw/core/errors";
import pLimit from "p-limit";
import type { AppContext } from "../../../context.ts";
import type { ArchiveFile } from "../../../files/archives.ts";
import { timestamp } from "../../../host/host.ts";
import { recordOf } from "../catalogue/insert-backup.ts";
import { watchSender } from "./watch-sender.ts";

export interface Upload {
  body: AsyncIterable<Uint8Array>;
  /** Bytes that were announced, if they were. */
  size: number | null;
  /** Under this key the sender can see how far its file is verified. */
  key?: string | undefined;
  /** Aborts when the sender is gone: nobody would hear of what became of its file. */
  signal?: AbortSignal | undefined;
}

/** Two files that are the same must not both be found to be new. */
const oneAfterTheOther = pLimit(1);

/**
 * Takes a backup in that comes from elsewhere, verifies it and lists it under a name of the
 * panel's own. `isNew` is false when a file of the same bytes was listed already: that one is
 * answered, with what came in its place when its own file was lost or had a fault. Throws
 * DISK_FULL, ARCHIVE_INVALID, CANCELLED when the sender goes silent or is gone, or what the body
 * throws; nothing is left then.
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
    await ctx.archives.remove(file.filename);
    throw error;
  } finally {
    ctx.backups.notify();
  }
}

async function receive(ctx: AppContext, { body, key, signal }: Upload): Promise<ArchiveFile> {
  using sender = watchSender(ctx.host, body, ctx.config.uploadIdleMs);
  let totalBytes = 0;
  try {
    return await ctx.archives.receive(sender.body, {
      signal: AbortSignal.any([ctx.live.signal, sender.signal, ...(signal ? [signal] : [])]),
      onProgress: ({ step, bytes, read }) => {
        if (step === "receiving") totalBytes = bytes;
        else if (key !== undefined && read !== undefined)
          ctx.uploads.tell(key, { bytes: read, totalBytes });
      },
    });
  } finally {
    if (key !== undefined) ctx.uploads.forget(key);
  }
}

async function list(ctx: AppContext, file: ArchiveFile) {
  const same = (await ctx.store.listBackups()).find(({ sha256 }) => sha256 === file.sha256);
  if (!same) {
    // Whatever it says of itself: it is not for the schedule to delete, and nobody's here. A user
    // of the same name may be another person, on another machine.
    const listed = recordOf(ctx, file);
    const instances = listed.instances.map((each) => ({ ...each, owner: null }));
    const backup = { ...listed, instances, createdBy: "upload" };
    await ctx.store.saveBackup(backup);
    return { backup, isNew: true };
  }
  // What somebody brings is theirs to delete from now on, also when the schedule had made it.
  const createdBy = same.createdBy === SCHEDULE ? "upload" : same.createdBy;
  // What came in has the name of the listed one only if that one's file is gone.
  const isInItsPlace = same.filename === file.filename;
  const isThere = !isInItsPlace && (await ctx.archives.size(same.filename)) === file.size;
  if (isThere && same.fault === null) {
    const kept: Backup = { ...same, createdBy };
    await ctx.store.saveBackup(kept);
    await ctx.archives.remove(file.filename);
    return { backup: kept, isNew: false };
  }
  const { filename } = file;
  const verifiedAt = timestamp(ctx.host);
  const mended: Backup = { ...same, filename, createdBy, verifiedAt, fault: null };
  await ctx.store.saveBackup(mended);
  if (!isInItsPlace) await ctx.archives.remove(same.filename);
  return { backup: mended, isNew: false };
}

async function requireSpace(ctx: AppContext, size: number): Promise<void> {
  const { free } = (await ctx.archives.space()).backups;
  if (size <= free) return;
  throw new DomainError(
    "DISK_FULL",
    `The file has ${size} bytes, and only ${free} are free where backups are kept. Make room, or delete backups, then upload it again.`,
  );
}
