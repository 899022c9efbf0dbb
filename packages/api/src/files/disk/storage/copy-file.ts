import {
  constants,
  copyFileSync,
  fchmodSync,
  fstatSync,
  futimesSync,
  openSync,
  readSync,
  rmSync,
  utimesSync,
} from "node:fs";
import { errorCode } from "@claw/core/errors";
import { closing } from "../walk/closing.ts";
import { writeSparse } from "../walk/sparse.ts";

const { COPYFILE_EXCL, COPYFILE_FICLONE_FORCE } = constants;

/**
 * Buffer size. The system's own copy cannot be interrupted, and takes three times as long for small
 * files.
 */
const PIECE = 1024 ** 2;

export interface CopiedFile {
  /** Opened for reading. */
  fd: number;
  from: string;
  to: string;
}

export type Copier = (
  file: CopiedFile,
  onBytes: (bytes: number) => void,
) => { bytes: number; changed: boolean };

/**
 * Copies open files with their modes and times; shares the blocks of larger ones where the disk
 * can. Returns the number of bytes, and whether the file changed meanwhile.
 */
export function createCopier(): Copier {
  const piece = Buffer.allocUnsafe(PIECE);
  let canClone = true;

  function clone({ fd, from, to }: CopiedFile): boolean {
    // The opened file itself, wherever its name leads by now.
    const source = process.platform === "linux" ? `/proc/self/fd/${fd}` : from;
    try {
      copyFileSync(source, to, COPYFILE_EXCL | COPYFILE_FICLONE_FORCE);
      return true;
    } catch (error) {
      if (errorCode(error) === "EEXIST") throw error;
      rmSync(to, { force: true });
      return false;
    }
  }

  function copyPieces({ fd, to }: CopiedFile, size: number, onBytes: (bytes: number) => void) {
    const { mode, atimeMs, mtimeMs } = fstatSync(fd);
    const target = openSync(to, "wx", 0o600);
    using _ = closing(target);
    const out = writeSparse(target);
    let copied = 0;
    while (copied < size) {
      const read = readSync(fd, piece, 0, Math.min(PIECE, size - copied), copied);
      if (read === 0) break;
      out.write(piece.subarray(0, read));
      copied += read;
      onBytes(copied);
    }
    out.end();
    futimesSync(target, atimeMs / 1000, mtimeMs / 1000);
    fchmodSync(target, mode & 0o777);
    return copied;
  }

  return (file, onBytes) => {
    const before = fstatSync(file.fd);
    let bytes = before.size;
    canClone &&= before.size <= PIECE || clone(file);
    if (canClone && before.size > PIECE)
      utimesSync(file.to, before.atimeMs / 1000, before.mtimeMs / 1000);
    else bytes = copyPieces(file, before.size, onBytes);
    const after = fstatSync(file.fd);
    return { bytes, changed: after.size !== before.size || after.mtimeMs !== before.mtimeMs };
  };
}
