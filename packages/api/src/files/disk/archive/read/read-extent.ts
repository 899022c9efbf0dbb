import { readSync } from "node:fs";
import type { Extent } from "@claw/core/backup/codec/archive-structure";

const CHUNK = 1024 ** 2;

/**
 * The bytes of a part of a file in pieces, each overwritten by the next; ends early if the file
 * does.
 */
export function* readExtent(fd: number, { offset, size }: Extent): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, size));
  for (let done = 0; done < size; ) {
    const read = readSync(fd, buffer, 0, Math.min(buffer.length, size - done), offset + done);
    if (read === 0) return;
    yield buffer.subarray(0, read);
    done += read;
  }
}
