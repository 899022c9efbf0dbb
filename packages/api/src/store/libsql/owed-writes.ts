import { isDiskFull, writeError } from "./errors.ts";
import type { Write } from "./write.ts";

/** So many changes are kept in memory; what would be more is refused as DISK_FULL. */
const MAX_OWED = 5_000;

type Change = () => Promise<unknown>;

/**
 * Changes that a full disk kept from being written, until there is room. What they are about is
 * their key: a newer change of the same takes the place of the older one.
 */
export interface OwedWrites {
  readonly count: number;
  /** True: written; false: owed. Rejects with what else keeps it from being written. */
  writeOrOwe(key: string, change: Change): Promise<boolean>;
  /** Takes back what is owed: it was overtaken. */
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
          // It cannot be done any more, e.g. a session of a user who was deleted meanwhile.
          if (owed.get(key) === change) owed.delete(key);
        }
    },
  };
}
