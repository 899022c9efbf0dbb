import { fdatasync } from "node:fs";
import { promisify } from "node:util";

const flush = promisify(fdatasync);
export const FLUSH_EVERY = 32 * 1024 ** 2;

export interface Flushing {
  /** Says that so many bytes more are written. */
  wrote(size: number): void;
  /** Resolves when no flush runs any more; rejects when one has failed. */
  end(): Promise<void>;
}

/** Flushes a file while it is written: at its end the disk has little left to do. */
export function flushMeanwhile(fd: number): Flushing {
  let unflushed = 0;
  let running: Promise<void> | null = null;
  return {
    wrote(size) {
      unflushed += size;
      if (running || unflushed < FLUSH_EVERY) return;
      unflushed = 0;
      // One that fails stays: the system tells it once, and the flush at the end would succeed.
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
