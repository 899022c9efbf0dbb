import { createHash } from "node:crypto";
import { readSync } from "node:fs";

const CHUNK = 1024 ** 2;

/** A part of a file. */
export interface Extent {
  offset: number;
  size: number;
}

/** SHA-256, hexadecimal, of all bytes before `end` except those in `members`, which are sorted. */
export function structureHash(fd: number, end: number, members: readonly Extent[]): string {
  const hash = createHash("sha256");
  let from = 0;
  for (const member of [...members, { offset: end, size: 0 }]) {
    for (const part of readExtent(fd, { offset: from, size: member.offset - from }))
      hash.update(part);
    from = member.offset + member.size;
  }
  return hash.digest("hex");
}

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
