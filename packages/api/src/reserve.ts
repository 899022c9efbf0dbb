import { randomBytes } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { open, rm, statfs } from "node:fs/promises";
import path from "node:path";

const BYTES = 4 * 1024 * 1024;
const CHUNK = 64 * 1024;
/** As much must be free to make it: a disk that is nearly full has better use for the room. */
const ROOM_NEEDED = 8 * BYTES;

/**
 * Room that a full disk still has for what the panel must write: a file beside the database that
 * is given up when it is needed, and made again when there is room. It is for records,
 * configurations and the compose file, not for what is large, such as a backup, nor for the log,
 * which drops lines instead.
 */
export interface Reserve {
  /** False while the disk is, or lately was, too full for it. */
  readonly isHeld: boolean;
  /** Does a write; where the disk is full for it, the reserve is given up and it is done once more. */
  spendOn<T>(write: () => Promise<T>, isFull: (error: unknown) => boolean): Promise<T>;
  /** Makes it unless it is there or there is no room for it. */
  restore(): Promise<void>;
}

export function openReserve(folder: string): Reserve {
  const file = path.join(folder, "reserve");
  let isHeld = sizeOf(file) === BYTES;
  /** How often it was given up. */
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
        // By this write, or meanwhile by another one.
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

/** True when all of it is on the disk. Random, as a disk that compresses would keep nothing else. */
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
