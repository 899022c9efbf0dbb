import { closeSync } from "node:fs";

/** Closes a file when the block ends: `using _ = closing(fd)`. */
export function closing(fd: number): Disposable {
  return { [Symbol.dispose]: () => closeSync(fd) };
}
