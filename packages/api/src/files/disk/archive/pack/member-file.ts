import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import type { ByteSink } from "@claw/core/backup/codec/frames";
import type { Flushing } from "./flush-meanwhile.ts";

/** A part that has been written. */
export interface Written {
  size: number;
  sha256: string;
}

/** Writes all of `bytes` at `position`. */
export function writeAt(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(fd, bytes, done, bytes.length - done, position + done);
}

/** A sink that writes to a file from `position` on. */
export function writeFrom(
  fd: number,
  position: number,
  flushing: Flushing,
): ByteSink & { result(): Written } {
  const hash = createHash("sha256");
  let size = 0;
  return {
    write(bytes) {
      writeAt(fd, bytes, position + size);
      hash.update(bytes);
      size += bytes.length;
      flushing.wrote(bytes.length);
    },
    end: () => undefined,
    result: () => ({ size, sha256: hash.digest("hex") }),
  };
}
