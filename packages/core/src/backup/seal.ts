import { archiveInvalid, archiveTooNew } from "./archive-invalid.ts";

/**
 * The seal is the last member of an archive. It locates the manifest and holds the SHA-256 of all
 * bytes before its digest that belong to no instance's member. The bytes after the digest are
 * fixed, so together with the members' own digests every byte of the file is covered.
 */
export interface Seal {
  manifestOffset: number;
  manifestSize: number;
  /** Hexadecimal. */
  sha256: string;
}

/** Bytes of the seal's content, and of the two empty blocks that end a tar file. */
export const SEAL_SIZE = 512;
export const END_SIZE = 1_024;
export const BLOCK = 512;

const VERSION = 1;

const digits = (value: number) => String(value).padStart(16, "0");

/** The part of the seal before its digest; the digest covers it. */
export function sealHead(place: Omit<Seal, "sha256">): string {
  return `claw-seal ${VERSION}\nmanifest ${digits(place.manifestOffset)} ${digits(place.manifestSize)}\nsha256 `;
}

/** The seal as 512 ASCII characters. */
export function encodeSeal(seal: Seal): string {
  return `${`${sealHead(seal)}${seal.sha256}\n`.padEnd(SEAL_SIZE - 1)}\n`;
}

const PATTERN = /^claw-seal 1\nmanifest ([0-9]{16}) ([0-9]{16})\nsha256 ([0-9a-f]{64})\n/;

/** Reads the seal at the end of a file of `fileSize` bytes. Throws ARCHIVE_INVALID. */
export function parseSeal(text: string, fileSize: number): Seal {
  const version = Number(/^claw-seal ([0-9]{1,6})\n/.exec(text)?.[1] ?? 0);
  if (version > VERSION) throw archiveTooNew(version, VERSION);
  const [, offset, size, sha256 = ""] = PATTERN.exec(text) ?? [];
  const seal = { manifestOffset: Number(offset), manifestSize: Number(size), sha256 };
  if (sha256 === "" || encodeSeal(seal) !== text)
    throw archiveInvalid("its end is missing or is not that of a backup");
  const sealHeader = sealOffset(fileSize) - BLOCK;
  if (
    seal.manifestOffset % BLOCK !== 0 ||
    seal.manifestOffset + padded(seal.manifestSize) !== sealHeader
  )
    throw archiveInvalid("its seal does not fit its size");
  return seal;
}

/** Offset of the seal's content in a file of that size. */
export const sealOffset = (fileSize: number) => fileSize - END_SIZE - SEAL_SIZE;

/** Bytes of a member of that size in a tar file, without its header. */
export const padded = (size: number) => Math.ceil(size / BLOCK) * BLOCK;
