import { closeSync, constants, openSync, readdirSync } from "node:fs";
import path from "node:path";
import { compareNames } from "@claw/core/backup/member-name";

/** One entry of a folder as a walk meets it. */
export interface Found {
  /** Where to open it. Good only while the walk stands at this entry. */
  at: string;
  /** Its path as an archive names it, joined by `/`. */
  name: string;
  kind: "file" | "folder" | "other";
}

export interface WalkOptions {
  /** Put before each name, with a `/`. */
  prefix: string;
  /** Folders that are passed over with all in them, by their name. */
  without: ReadonlySet<string>;
}

export const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const FOLDER_ONLY = constants.O_DIRECTORY ?? 0;

/**
 * Everything below a folder, in the order of an archive: a folder before what is in it. A folder
 * is opened once and not followed when it is a link; what is in it is then reached through the
 * opened folder, so that nobody can exchange it for a link meanwhile. What vanishes is passed over.
 */
export function* walk(folder: string, { prefix, without }: WalkOptions): Generator<Found> {
  using opened = openFolder(folder);
  if (opened === null) return;
  const entries = readdirSync(opened.path, { withFileTypes: true });
  entries.sort((a, b) => compareNames(a.name, b.name));
  for (const [index, entry] of entries.entries()) {
    // Names that are not UTF-8 read alike.
    if (entry.name === entries[index - 1]?.name) continue;
    const name = `${prefix}/${entry.name}`;
    if (without.has(name)) continue;
    const at = path.join(opened.path, entry.name);
    const kind = entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";
    yield { at, name, kind };
    if (kind === "folder") yield* walk(at, { prefix: name, without });
  }
}

interface OpenedFolder extends Disposable {
  path: string;
}

/** Where the system shows what a process has opened, a path through it cannot be redirected. */
function openFolder(folder: string): OpenedFolder | null {
  if (process.platform !== "linux") return { path: folder, [Symbol.dispose]: () => undefined };
  const fd = openIfThere(folder, FOLDER_ONLY);
  if (fd === null) return null;
  return { path: `/proc/self/fd/${fd}`, [Symbol.dispose]: () => closeSync(fd) };
}

const GONE = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

/** Opens for reading, or null when it has vanished or become a link or something else meanwhile. */
export function openIfThere(file: string, flags = 0): number | null {
  try {
    return openSync(file, constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0) | flags);
  } catch (error) {
    if (GONE.has((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}
