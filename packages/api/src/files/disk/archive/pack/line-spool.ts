import { closeSync, openSync, rmSync } from "node:fs";
import { writeAt } from "./member-file.ts";

/** Characters to collect before lines are written. */
const ENOUGH = 1024 ** 2;

export interface LineSpool extends Disposable {
  add(line: string): void;
  /** Writes the collected lines and returns the file's size. */
  flush(): { fd: number; size: number };
}

/** Spools lines to a file of its own: those of a million files would fill the memory. */
export function spoolLines(file: string): LineSpool {
  const fd = openSync(file, "wx+", 0o600);
  let held: string[] = [];
  let length = 0;
  let size = 0;

  function flush() {
    const bytes = Buffer.from(held.join(""));
    writeAt(fd, bytes, size);
    size += bytes.length;
    held = [];
    length = 0;
    return { fd, size };
  }

  return {
    add(line) {
      held.push(line, "\n");
      length += line.length;
      if (length >= ENOUGH) flush();
    },
    flush,
    [Symbol.dispose]() {
      closeSync(fd);
      rmSync(file, { force: true });
    },
  };
}
