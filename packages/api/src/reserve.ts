import { randomBytes } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { open, rm, statfs } from "node:fs/promises";
import path from "node:path";

const BYTES = 4 * 1024 * 1024;
const CHUNK = 64 * 1024;
/** Free space required to create it: a nearly full disk has better use for the room. */
const ROOM_NEEDED = 8 * BYTES;

/**
 * Space for essential writes on a full disk: a file beside the database, deleted when the space is
 * needed and recreated when there is room. Serves records, configurations and the compose file; not
 * large data such as backups, nor the log, which drops lines instead.
 */
export interface Reserve {
  /** False while the disk is, or was recently, too full for it. */
  readonly isHeld: boolean;
  /** Runs a write; if the disk is full, releases the reserve and retries once. */
  spendOn<T>(write: () => Promise<T>, isFull: (error: unknown) => boolean): Promise<T>;
  /** Recreates the reserve if it is missing and there is room. */
  restore(): Promise<void>;
}

export function openReserve(folder: string): Reserve {
  const file = path.join(folder, "reserve");
  let isHeld = sizeOf(file) === BYTES;
  /** How often it was released. */
  let spent = 0;

  function release(): void {
    if (!isHeld) return;
    rmSync(file, { force: true });
    isHeld = false;
    spent += 1;
  }

  return {
    get isHeld() {
      return isHeld;
    },

    async spendOn(write, isFull) {
      const before = spent;
      try {
        return await write();
      } catch (error) {
        if (!isFull(error)) throw error;
        release();
        // Retry if this write, or meanwhile another, released it.
        if (spent === before) throw error;
        return write();
      }
    },

    async restore() {
      if (isHeld) return;
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < ROOM_NEEDED) return;
      isHeld = await fill(file);
    },
  };
}

/** True if fully written. Random data, because a compressing disk would reserve nothing else. */
async function fill(file: string): Promise<boolean> {
  try {
    await using handle = await open(file, "w", 0o600);
    for (let at = 0; at < BYTES; at += CHUNK) await handle.write(randomBytes(CHUNK), 0, CHUNK, at);
    await handle.datasync();
    return true;
  } catch (error) {
    await rm(file, { force: true });
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") return false;
    throw error;
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
