import { closeSync, constants, fstatSync, lstatSync, openSync } from "node:fs";
import path from "node:path";
import { errorCode } from "@claw/core/errors";

export const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const FOLDER_ONLY = constants.O_DIRECTORY ?? 0;

/** Number of open folders; those further up are reopened from below. */
const HELD = 32;

/**
 * A position in a folder tree. Opens each folder from its parent and never through a link; entries
 * are reached through the opened folder, so nobody can replace it by a link meanwhile, and no path
 * is too long. The number of descriptors does not depend on the depth. Outside Linux, where a
 * process cannot name an open folder, it uses paths.
 */
export interface FolderCursor extends Disposable {
  /** Depth below the root. */
  readonly depth: number;
  /**
   * Path of an entry of this folder, or of the folder itself. Valid while the cursor stays here.
   */
  at(name?: string): string;
  /** Enters a folder; false when it is missing, a link or no folder. */
  enter(name: string): boolean;
  /** Returns to the parent folder. */
  leave(): void;
}

/** Null when the folder is missing, a link or no folder. */
export function openCursor(root: string, platform = process.platform): FolderCursor | null {
  return platform === "linux" ? byDescriptors(root) : byPaths(root);
}

const GONE = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

/** The result of `read`, or null when its file vanished or became a link or another kind. */
export function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (GONE.has(errorCode(error) ?? "")) return null;
    throw error;
  }
}

/** Opens for reading, or null when it vanished or became a link or another kind meanwhile. */
export function openIfThere(file: string, flags = 0): number | null {
  const how = constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0) | flags;
  return ifThere(() => openSync(file, how));
}

interface Level {
  /** Null while not open. */
  fd: number | null;
  dev: bigint;
  ino: bigint;
}

function byDescriptors(root: string): FolderCursor | null {
  const levels: Level[] = [];
  /** The folder at which the cursor is; it is always open. */
  let current = -1;
  const at = (name?: string) =>
    name === undefined ? `/proc/self/fd/${current}` : `/proc/self/fd/${current}/${name}`;

  function push(folder: string): boolean {
    const fd = openIfThere(folder, FOLDER_ONLY);
    if (fd === null) return false;
    const { dev, ino } = fstatSync(fd, { bigint: true });
    levels.push({ fd, dev, ino });
    current = fd;
    const oldest = levels.at(-1 - HELD);
    if (oldest) release(oldest);
    return true;
  }

  function release(level: Level): void {
    if (level.fd !== null) closeSync(level.fd);
    level.fd = null;
  }

  /** The parent of an open folder. Throws when it is not the folder the cursor came from. */
  function openAbove(below: number, above: Level): number {
    const fd = openSync(`/proc/self/fd/${below}/..`, constants.O_RDONLY | FOLDER_ONLY);
    const { dev, ino } = fstatSync(fd, { bigint: true });
    if (dev === above.dev && ino === above.ino) return fd;
    closeSync(fd);
    throw Object.assign(new Error("a folder was moved meanwhile"), { code: "ESTALE" });
  }

  if (!push(root)) return null;
  return {
    get depth() {
      return levels.length - 1;
    },
    at,
    enter: (name) => push(at(name)),
    leave() {
      const [above, left] = levels.slice(-2);
      if (!above || !left) throw new Error("the root of a walk has no parent in it");
      above.fd ??= openAbove(current, above);
      current = above.fd;
      levels.pop();
      release(left);
    },
    [Symbol.dispose]: () => levels.forEach(release),
  };
}

function byPaths(root: string): FolderCursor | null {
  const names: string[] = [];
  const at = (name?: string) => path.join(root, ...names, ...(name === undefined ? [] : [name]));
  const isFolder = (folder: string) => ifThere(() => lstatSync(folder))?.isDirectory() === true;

  if (!isFolder(root)) return null;
  return {
    get depth() {
      return names.length;
    },
    at,
    enter(name) {
      if (!isFolder(at(name))) return false;
      names.push(name);
      return true;
    },
    leave: () => void names.pop(),
    [Symbol.dispose]: () => undefined,
  };
}
