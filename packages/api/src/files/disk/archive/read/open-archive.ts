import { constants, fstatSync, openSync } from "node:fs";
import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import { readManifest } from "@claw/core/backup/codec/archive-structure";
import type { Manifest } from "@claw/core/backup/manifest";
import { errorCode } from "@claw/core/errors";
import type { ArchiveContent } from "../../../archive-codec.ts";
import { backupFileMissing } from "../../../backup-file-missing.ts";
import { closing } from "../../walk/closing.ts";
import { NO_FOLLOW } from "../../walk/folder-cursor.ts";
import { NODE_PLATFORM } from "../node-platform.ts";
import { readExtent } from "./read-extent.ts";

/** An archive whose structure is verified, but not its members. */
export interface OpenedArchive extends Disposable {
  fd: number;
  size: number;
  manifest: Manifest;
}

/** Throws ARCHIVE_INVALID when anything outside the instances' members contradicts the seal. */
export function openArchive(file: string): OpenedArchive {
  const fd = openFile(file);
  const closer = closing(fd);
  try {
    const { size } = fstatSync(fd);
    return {
      fd,
      size,
      manifest: readManifest({ size, read: (extent) => readExtent(fd, extent) }, NODE_PLATFORM),
      ...closer,
    };
  } catch (error) {
    closer[Symbol.dispose]();
    throw error;
  }
}

function openFile(file: string): number {
  try {
    const fd = openSync(file, constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0));
    if (fstatSync(fd).isFile()) return fd;
    closing(fd)[Symbol.dispose]();
    throw archiveInvalid("it is not a file");
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    throw backupFileMissing(error);
  }
}

/** The manifest in the panel's own terms. */
export function contentOf({
  manifest,
  size,
}: Pick<OpenedArchive, "manifest" | "size">): ArchiveContent {
  const { createdAt, createdBy, note, encryption } = manifest;
  const instances = manifest.instances.map(({ record, bytes, files, allocated }) => {
    const { id, name } = record;
    return { id, name, bytes, files, record, ...(allocated !== undefined && { allocated }) };
  });
  return { createdAt, createdBy, note, encryption, instances, size };
}
