import { constants, fstatSync, openSync, readSync } from "node:fs";
import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import { MANIFEST_MAX_SIZE, type Manifest, parseManifest } from "@claw/core/backup/manifest";
import {
  END_SIZE,
  parseSeal,
  SEAL_SIZE,
  type Seal,
  sealHead,
  sealOffset,
} from "@claw/core/backup/seal";
import type { ArchiveContent } from "../../../archive-codec.ts";
import { backupFileMissing } from "../../../backup-file-missing.ts";
import { closing } from "../../walk/closing.ts";
import { NO_FOLLOW } from "../../walk/folder-cursor.ts";
import { structureHash } from "./structure-hash.ts";

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
    return { fd, size, manifest: readManifest(fd, size), ...closer };
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
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw backupFileMissing(error);
  }
}

function readManifest(fd: number, size: number): Manifest {
  const at = sealOffset(size);
  if (at < 0) throw archiveInvalid("it is too small");
  const seal = parseSeal(readExactly(fd, at, SEAL_SIZE).toString("latin1"), size);
  if (readExactly(fd, at + SEAL_SIZE, END_SIZE).some((byte) => byte !== 0))
    throw archiveInvalid("its end has been changed");
  if (seal.manifestSize > MANIFEST_MAX_SIZE) throw archiveInvalid("its manifest is too large");
  const text = decode(readExactly(fd, seal.manifestOffset, seal.manifestSize));
  const manifest = parseManifest(text, seal.manifestOffset);
  requireStructure(fd, at, { seal, manifest });
  return manifest;
}

function requireStructure(
  fd: number,
  at: number,
  { seal, manifest }: { seal: Seal; manifest: Manifest },
): void {
  const upTo = at + sealHead(seal).length;
  if (structureHash(fd, upTo, manifest.instances) !== seal.sha256)
    throw archiveInvalid(
      "its structure does not match its seal, so it has been changed or damaged",
    );
}

function readExactly(fd: number, position: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let done = 0; done < size; ) {
    const read = readSync(fd, bytes, done, size - done, position + done);
    if (read === 0) throw archiveInvalid("it ends too early");
    done += read;
  }
  return bytes;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw archiveInvalid("its manifest is not UTF-8", { cause: error });
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
