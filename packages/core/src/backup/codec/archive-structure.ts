import { archiveInvalid } from "../archive-invalid.ts";
import { MANIFEST_MAX_SIZE, type Manifest, parseManifest } from "../manifest.ts";
import { END_SIZE, parseSeal, SEAL_SIZE, sealHead, sealOffset } from "../seal.ts";
import { type CodecPlatform, concatBytes } from "./platform.ts";

/** A part of a file. */
export interface Extent {
  offset: number;
  size: number;
}

/** The bytes of an archive. */
export interface ArchiveBytes {
  size: number;
  /** A part in pieces, each overwritten by the next; ends early if the file does. */
  read(extent: Extent): Iterable<Uint8Array>;
}

/**
 * The manifest of an archive. Throws ARCHIVE_INVALID when anything outside the instances' members
 * contradicts the seal.
 */
export function readManifest(archive: ArchiveBytes, platform: CodecPlatform): Manifest {
  const at = sealOffset(archive.size);
  if (at < 0) throw archiveInvalid("it is too small");
  const seal = parseSeal(
    latin1(readExactly(archive, { offset: at, size: SEAL_SIZE })),
    archive.size,
  );
  const end = readExactly(archive, { offset: at + SEAL_SIZE, size: END_SIZE });
  if (end.some((byte) => byte !== 0)) throw archiveInvalid("its end has been changed");
  if (seal.manifestSize > MANIFEST_MAX_SIZE) throw archiveInvalid("its manifest is too large");
  const { manifestOffset: offset, manifestSize: size } = seal;
  const text = platform.decodeUtf8(readExactly(archive, { offset, size }));
  if (text === null) throw archiveInvalid("its manifest is not UTF-8");
  const manifest = parseManifest(text, offset);
  const upTo = at + sealHead(seal).length;
  if (structureHash(archive, upTo, manifest.instances, platform) !== seal.sha256)
    throw archiveInvalid(
      "its structure does not match its seal, so it has been changed or damaged",
    );
  return manifest;
}

/** SHA-256, hexadecimal, of all bytes before `end` except those in `members`, which are sorted. */
export function structureHash(
  archive: Pick<ArchiveBytes, "read">,
  end: number,
  members: readonly Extent[],
  platform: Pick<CodecPlatform, "sha256">,
): string {
  const hash = platform.sha256();
  let from = 0;
  for (const member of [...members, { offset: end, size: 0 }]) {
    for (const part of archive.read({ offset: from, size: member.offset - from }))
      hash.update(part);
    from = member.offset + member.size;
  }
  return hash.digest();
}

function readExactly(archive: ArchiveBytes, extent: Extent): Uint8Array {
  const parts = [];
  for (const part of archive.read(extent)) parts.push(Uint8Array.from(part));
  const bytes = concatBytes(parts);
  if (bytes.length < extent.size) throw archiveInvalid("it ends too early");
  return bytes;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
