import { ftruncateSync, type Stats } from "node:fs";
import { DomainError } from "@claw/core/errors";
import { writeAt } from "../archive/pack/member-file.ts";

/** Unit of holes in bytes: a multiple of every file system's block size. */
const UNIT = 64 * 1024;
const ZEROS = Buffer.alloc(UNIT);
const BLOCK = 512;

/** Below this, fewer blocks than bytes mean a file system that packs files, not a hole. */
const HOLE_MIN = 1024 ** 2;
/**
 * Limit of holes. Node cannot ask where the data is, so holes are read as zeros. This much takes a
 * minute or two; a disk image of terabytes would keep the instance down for an hour.
 */
const HOLES_MAX = 64 * 1024 ** 3;

type Sized = Pick<Stats, "size" | "blocks">;

/** Bytes that a file, and its copy, take on disk. */
export function allocatedSize({ size, blocks }: Sized): number {
  const allocated = blocks * BLOCK;
  return size - allocated > HOLE_MIN ? allocated : Math.max(size, allocated);
}

/** Throws for a file with too many holes. */
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
  /** Writes the following bytes, with a hole for each unit of zeros. */
  write(bytes: Uint8Array): void;
  /** Sets the file's size, which creates a hole at its end. */
  end(): void;
}

/** Writes a new, empty file from its beginning. */
export function writeSparse(fd: number): SparseWriter {
  let position = 0;
  let written = 0;
  return {
    write(bytes) {
      for (let from = 0; from < bytes.length; ) {
        const end = Math.min(bytes.length, from + UNIT - (position % UNIT));
        const part = bytes.subarray(from, end);
        if (Buffer.compare(part, ZEROS.subarray(0, part.length)) !== 0) {
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
