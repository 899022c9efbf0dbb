import type { Backup } from "@claw/core/backup/backup";
import { messageOf } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";
import type { ArchiveFile } from "../../../files/archive-codec.ts";
import { timestamp } from "../../../host/host.ts";

/** The record of an archive that was just read and verified in full. */
export function recordOf(ctx: AppContext, file: ArchiveFile): Backup {
  return {
    id: ctx.host.randomHex(8),
    filename: file.filename,
    size: file.size,
    sha256: file.sha256,
    instanceCount: file.instances.length,
    instances: file.instances.map(asListed),
    createdAt: file.createdAt,
    createdBy: file.createdBy,
    note: file.note,
    encryption: file.encryption,
    pinned: false,
    verifiedAt: timestamp(ctx.host),
    provenAt: null,
    fault: null,
  };
}

function asListed({ record, ...held }: ArchiveFile["instances"][number]) {
  const { uid = null, owner = null, leftOut } = record;
  return { ...held, uid, owner, ...(leftOut && { leftOut }) };
}

/** Lists a new archive and notifies viewers. Deletes the file again if it cannot be recorded. */
export async function insertBackup(ctx: AppContext, file: ArchiveFile): Promise<Backup> {
  const backup = recordOf(ctx, file);
  try {
    await ctx.store.saveBackup(backup);
  } catch (error) {
    await ctx.disk.repository.delete(file.filename).catch((left: unknown) => {
      ctx.log.warn(`the archive ${file.filename} is left: ${messageOf(left)}`);
    });
    throw error;
  }
  ctx.runtime.backups.notify();
  return backup;
}
