import { fdatasync } from "node:fs";
import { promisify } from "node:util";

const flush = promisify(fdatasync);
export const FLUSH_EVERY = 32 * 1024 ** 2;

export interface Flushing {
  /** Reports additional bytes written. */
  wrote(size: number): void;
  /** Resolves when no flush is running; rejects when one has failed. */
  end(): Promise<void>;
}

/** Flushes a file while it is written, so that little is left to flush at its end. */
export function flushMeanwhile(fd: number): Flushing {
  let unflushed = 0;
  let running: Promise<void> | null = null;
  return {
    wrote(size) {
      unflushed += size;
      if (running || unflushed < FLUSH_EVERY) return;
      unflushed = 0;
      // Remembers a failure: the system reports it once, and the final flush would succeed.
      running = flush(fd).then(() => {
        running = null;
      });
      running.catch(() => undefined);
    },
    async end() {
      await running;
    },
  };
}
