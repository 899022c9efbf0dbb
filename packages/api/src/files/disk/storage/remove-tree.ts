import { isUtf8 } from "node:buffer";
import {
  chmodSync,
  constants,
  lstatSync,
  opendirSync,
  openSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { DomainError, errorCode } from "@claw/core/errors";
import { namedFileError } from "../errors.ts";
import { closing } from "../walk/closing.ts";
import { type FolderCursor, ifThere, NO_FOLLOW, openCursor } from "../walk/folder-cursor.ts";
import { shownMember } from "../walk/walk.ts";

export interface RemoveTask {
  folder: string;
}

/** Entries per read: a folder of a million files takes no more memory than one of these. */
const BUFFER = 1_024;
/** Opens a folder without read permission, on Linux. */
const O_PATH = 0o10000000;
const OWNER_ALL = 0o700;

/**
 * Removes a folder and its content, however deep and long its names, through open folders and never
 * through a link. Failures do not stop the rest; the first one is thrown at the end. No-op when the
 * folder is missing.
 */
export function removeTree({ folder }: RemoveTask): void {
  const found = ifThere(() => lstatSync(folder));
  if (found === null) return;
  const failures = collectFailures(folder);
  if (found.isDirectory()) removeContent(folder, failures);
  if (failures.count === 0)
    failures.attempt(
      () => [],
      () => (found.isDirectory() ? rmdirSync(folder) : unlinkSync(folder)),
    );
  failures.throwFirst();
}

function removeContent(root: string, failures: Failures): void {
  using cursor = failures.attempt(
    () => [],
    () => openOwn(root, () => openCursor(root)),
  );
  if (!cursor) return;
  /** The folders down to the cursor, with the unfinished subfolders of each. */
  const path: string[] = [];
  const todo: string[][] = [emptyFolder(cursor, path, failures)];
  for (;;) {
    const name = todo.at(-1)?.pop();
    if (name !== undefined) {
      const where = () => [...path, name];
      const enter = () => openOwn(cursor.at(name), () => cursor.enter(name));
      if (!failures.attempt(where, enter)) continue;
      path.push(name);
      todo.push(emptyFolder(cursor, path, failures));
      continue;
    }
    todo.pop();
    const done = path.at(-1);
    if (done === undefined) return;
    cursor.leave();
    failures.attempt(
      () => [...path],
      () => rmdirSync(cursor.at(done)),
    );
    path.pop();
  }
}

/** Removes everything but folders at the cursor; returns the folders. */
function emptyFolder(cursor: FolderCursor, path: string[], failures: Failures): string[] {
  const folders = new Set<string>();
  failures.attempt(
    () => [...path],
    () => makeWritable(cursor.at()),
  );
  // Some file systems skip entries while others are removed: read until none are left.
  const before = failures.count;
  for (let removed = true; removed && failures.count === before; ) {
    removed = false;
    failures.attempt(
      () => [...path],
      () => {
        for (const { name, isFolder } of entriesOf(cursor)) {
          if (isFolder) folders.add(name);
          else {
            removed = true;
            failures.attempt(
              () => [...path, name],
              () => unlinkSync(cursor.at(name)),
            );
          }
        }
      },
    );
  }
  return [...folders];
}

function* entriesOf(cursor: FolderCursor): Generator<{ name: string; isFolder: boolean }> {
  // As bytes: a name that is not UTF-8 cannot be opened by its decoded form.
  using entries = opendirSync(cursor.at(), { bufferSize: BUFFER, encoding: "latin1" });
  let renamed = 0;
  for (let entry = entries.readSync(); entry; entry = entries.readSync()) {
    const bytes = Buffer.from(entry.name, "latin1");
    let name = bytes.toString("utf8");
    if (!isUtf8(bytes)) {
      name = `.unreadable-${process.pid}-${renamed++}`;
      renameSync(Buffer.concat([Buffer.from(`${cursor.at()}/`), bytes]), cursor.at(name));
    }
    yield { name, isFolder: entry.isDirectory() };
  }
}

/** Opens a folder, even one whose owner may not read it: instances may leave such folders. */
function openOwn<T>(folder: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (errorCode(error) !== "EACCES" || process.platform !== "linux") throw error;
    const fd = openSync(folder, O_PATH | NO_FOLLOW | (constants.O_DIRECTORY ?? 0));
    using _ = closing(fd);
    makeWritable(`/proc/self/fd/${fd}`);
    return open();
  }
}

function makeWritable(folder: string): void {
  const { uid, mode } = statSync(folder);
  // A user other than the owner may still have access; if not, the first file's error tells.
  if (uid === process.geteuid?.() && (mode & OWNER_ALL) !== OWNER_ALL)
    chmodSync(folder, mode | OWNER_ALL);
}

interface Failures {
  readonly count: number;
  /** Runs one step; undefined when it failed. A vanished entry is no failure. */
  attempt<T>(where: () => string[], action: () => T): T | undefined;
  throwFirst(): void;
}

function collectFailures(root: string): Failures {
  let count = 0;
  let first: { path: string[]; error: unknown } | null = null;
  return {
    get count() {
      return count;
    },
    attempt(where, action) {
      try {
        return action();
      } catch (error) {
        const code = errorCode(error);
        if (typeof code !== "string") throw error;
        // The folder is not empty only because an entry could not be removed before.
        if (code === "ENOENT" || (code === "ENOTEMPTY" && count > 0)) return undefined;
        count += 1;
        first ??= { path: where(), error };
        return undefined;
      }
    },
    throwFirst() {
      if (first === null) return;
      const shown = shownMember(root, first.path.length > 0 ? first.path.join("/") : undefined);
      const named = namedFileError(shown, "removed", first.error);
      if (count === 1 || !(named instanceof DomainError)) throw named;
      throw new DomainError(named.reason, `${named.message} So it is with ${count - 1} more.`, {
        cause: first.error,
      });
    },
  };
}
