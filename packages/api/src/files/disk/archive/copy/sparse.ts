import { ftruncateSync, type Stats } from "node:fs";
import { DomainError } from "@claw/core/errors";
import { writeAt } from "../pack/member-file.ts";

/** Holes are left out in units of so many bytes: a multiple of what any file system makes holes of. */
const UNIT = 64 * 1024;
const ZEROS = Buffer.alloc(UNIT);
const BLOCK = 512;

/** Below that, fewer blocks than bytes mean a file system that packs files, and no hole. */
const HOLE_MIN = 1024 ** 2;
/**
 * A hole is read like zeros, as Node cannot ask where the data is. So much takes a minute or two; an
 * image of a disk that could hold terabytes would keep the instance down for an hour.
 */
const HOLES_MAX = 64 * 1024 ** 3;

type Sized = Pick<Stats, "size" | "blocks">;

/** Bytes that a file takes on its disk, and a copy of it will. */
export function allocatedSize({ size, blocks }: Sized): number {
  const allocated = blocks * BLOCK;
  return size - allocated > HOLE_MIN ? allocated : Math.max(size, allocated);
}

/** Throws for a file that is almost nothing but holes, and too much of them. */
export function requireFewHoles(shown: string, stat: Sized): void {
  const allocated = allocatedSize(stat);
  if (stat.size - allocated <= HOLES_MAX) return;
  throw new DomainError(
    "FILES_DENIED",
    `${shown} cannot be backed up: it says that it has ${inWords(stat.size)}, of which ${inWords(allocated)} are on the disk, and all of it would have to be read. Make it smaller, or move it to data/tmp, which backups leave out, and try again.`,
  );
}

const inWords = (bytes: number) =>
  bytes >= 1e12 ? `${(bytes / 1e12).toFixed(1)} TB` : `${(bytes / 1e9).toFixed(1)} GB`;

export interface SparseWriter {
  /** Writes what follows, but leaves a hole where there is nothing but zeros. */
  write(bytes: Buffer): void;
  /** Gives the file its size: a hole at its end is not there otherwise. */
  end(): void;
}

/** Writes a file that is new and empty, from its beginning. */
export function writeSparse(fd: number): SparseWriter {
  let position = 0;
  let written = 0;
  return {
    write(bytes) {
      for (let from = 0; from < bytes.length; ) {
        const end = Math.min(bytes.length, from + UNIT - (position % UNIT));
        const part = bytes.subarray(from, end);
        if (!part.equals(ZEROS.subarray(0, part.length))) {
          writeAt(fd, part, position);
          written = position + part.length;
        }
        position += part.length;
        from = end;
      }
    },
    end() {
      if (written < position) ftruncateSync(fd, position);
    },
  };
}
