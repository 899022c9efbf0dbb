import { createHash, type Hash } from "node:crypto";
import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import type { Unlock } from "@claw/core/backup/backup";
import type { Extent } from "@claw/core/backup/codec/archive-structure";
import type { ManifestInstance } from "@claw/core/backup/manifest";
import type { VerifyReport } from "../../../archive-codec.ts";
import type { Report } from "../../worker/task-progress.ts";
import { contentOf, type OpenedArchive, openArchive } from "./open-archive.ts";
import { readExtent } from "./read-extent.ts";
import { readMember } from "./read-member.ts";

export interface VerifyTask {
  file: string;
  unlock?: Unlock | undefined;
}

/** Reads all of an archive once, from first byte to last; see `ArchiveCodec.verify`. */
export async function verifyArchive(
  { file, unlock }: VerifyTask,
  report: Report,
): Promise<VerifyReport> {
  using archive = openArchive(file);
  const { fd, manifest, size } = archive;
  const opened = manifest.encryption === null || unlock !== undefined;
  const whole = createHash("sha256");
  let from = 0;
  for (const promised of manifest.instances) {
    hashExtent(archive, { offset: from, size: promised.offset - from }, whole);
    const hash = createHash("sha256");
    let read = promised.offset;
    const chunks = async function* () {
      for (const part of readExtent(fd, promised)) {
        read += part.length;
        hash.update(part);
        whole.update(part);
        yield part;
      }
    };
    const { id } = promised.record;
    const encrypted = manifest.encryption !== null;
    if (opened)
      await readMember({ promised, chunks: chunks(), encrypted, unlock }, null, (done) =>
        report({ id, bytes: done.bytes, files: done.files, read }),
      );
    else await passOver(promised, chunks(), report);
    requireHash(promised, hash);
    from = promised.offset + promised.size;
  }
  hashExtent(archive, { offset: from, size: size - from }, whole);
  return { ...contentOf(archive), sha256: whole.digest("hex"), opened };
}

function hashExtent({ fd }: OpenedArchive, extent: Extent, whole: Hash): void {
  for (const part of readExtent(fd, extent)) whole.update(part);
}

/** Without its key a member is only bytes; their progress stands for that of its files. */
async function passOver(
  promised: ManifestInstance,
  chunks: AsyncIterable<Uint8Array>,
  report: Report,
): Promise<void> {
  let read = 0;
  for await (const part of chunks) {
    read += part.length;
    const share = read / promised.size;
    const [bytes, files] = [promised.bytes, promised.files].map((all) => Math.floor(all * share));
    report({
      id: promised.record.id,
      bytes: bytes ?? 0,
      files: files ?? 0,
      read: promised.offset + read,
    });
  }
}

export function requireHash(promised: ManifestInstance, hash: Hash): void {
  if (hash.digest("hex") !== promised.sha256)
    throw archiveInvalid(
      `what it holds of ${promised.record.id} does not match its checksum, so it has been changed or damaged`,
    );
}
