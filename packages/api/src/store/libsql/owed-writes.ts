import { isDiskFull, writeError } from "./errors.ts";
import type { Write } from "./write.ts";

/** Maximum number of changes in memory; further ones are refused as DISK_FULL. */
const MAX_OWED = 5_000;

type Change = () => Promise<unknown>;

/**
 * Changes that wait in memory for space on a full disk, keyed by their subject: a newer change
 * replaces an older one of the same subject.
 */
export interface OwedWrites {
  readonly count: number;
  /** True: written; false: owed. Rejects with any other error. */
  writeOrOwe(key: string, change: Change): Promise<boolean>;
  /** Drops an owed change that has been superseded. */
  drop(key: string): void;
  /** Writes what is owed, oldest first, until the disk is full again. */
  catchUp(): Promise<void>;
}

export function createOwedWrites(write: Write): OwedWrites {
  const owed = new Map<string, Change>();

  return {
    get count() {
      return owed.size;
    },

    async writeOrOwe(key, change) {
      try {
        await write(async () => {
          await change();
          owed.delete(key);
        });
        return true;
      } catch (error) {
        if (!isDiskFull(error) || owed.size >= MAX_OWED) writeError(error);
        owed.delete(key);
        owed.set(key, change);
        return false;
      }
    },

    drop: (key) => void owed.delete(key),

    async catchUp() {
      for (const [key, change] of [...owed])
        try {
          await write(async () => {
            if (owed.get(key) !== change) return;
            await change();
            owed.delete(key);
          });
        } catch (error) {
          if (isDiskFull(error)) return;
          // It can no longer be written, e.g. a session of a user who was deleted meanwhile.
          if (owed.get(key) === change) owed.delete(key);
        }
    },
  };
}
