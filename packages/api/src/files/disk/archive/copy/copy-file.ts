import {
  constants,
  copyFileSync,
  fchmodSync,
  fstatSync,
  openSync,
  readSync,
  rmSync,
  type Stats,
  utimesSync,
  writeSync,
} from "node:fs";
import { closing } from "./closing.ts";

const { COPYFILE_EXCL, COPYFILE_FICLONE, COPYFILE_FICLONE_FORCE } = constants;

/** A copy by the system cannot be broken off; a larger file is copied piece by piece. */
const PIECE = 8 * 1024 ** 2;
const AT_ONCE = 4 * PIECE;

/**
 * Copies a file that is open already, with its mode and times, by sharing its blocks where the
 * disk can. Says how many bytes came, and whether somebody wrote to it meanwhile.
 */
export function copyOpened(
  file: { fd: number; from: string; to: string },
  onBytes: (bytes: number) => void,
): { bytes: number; changed: boolean } {
  const before = fstatSync(file.fd);
  // The opened file itself, whatever its name leads to by now.
  const from = process.platform === "linux" ? `/proc/self/fd/${file.fd}` : file.from;
  let bytes = before.size;
  if (before.size <= AT_ONCE) copyFileSync(from, file.to, COPYFILE_EXCL | COPYFILE_FICLONE);
  else if (!cloned(from, file.to)) bytes = copyInPieces(file, before, onBytes);
  const after = fstatSync(file.fd);
  utimesSync(file.to, before.atimeMs / 1000, before.mtimeMs / 1000);
  return { bytes, changed: after.size !== before.size || after.mtimeMs !== before.mtimeMs };
}

function cloned(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, COPYFILE_EXCL | COPYFILE_FICLONE_FORCE);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw error;
    rmSync(to, { force: true });
    return false;
  }
}

function copyInPieces(
  file: { fd: number; to: string },
  { size, mode }: Stats,
  onBytes: (bytes: number) => void,
): number {
  const target = openSync(file.to, "wx", 0o600);
  using _ = closing(target);
  const piece = Buffer.allocUnsafe(PIECE);
  let copied = 0;
  while (copied < size) {
    const read = readSync(file.fd, piece, 0, Math.min(PIECE, size - copied), copied);
    if (read === 0) break;
    for (let written = 0; written < read; )
      written += writeSync(target, piece, written, read - written);
    copied += read;
    onBytes(copied);
  }
  fchmodSync(target, mode & 0o777);
  return copied;
}
