import { type Dirent, lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import { compareNames } from "@claw/core/backup/member-name";
import { ROOTS } from "@claw/core/backup/member-tree";
import { nameFileError } from "../errors.ts";
import { notAFolder } from "../folders.ts";
import { type FolderCursor, ifThere, openCursor } from "./folder-cursor.ts";

/** One entry of a folder during a walk. */
export interface Found {
  /** The path for opening it. Valid only while the walk is at this entry. */
  at: string;
  /** Its path in an archive, joined by `/`. */
  name: string;
  kind: "file" | "folder" | "link" | "other";
}

interface Entry {
  name: string;
  kind: Found["kind"];
}

interface Level {
  /** Path of the folder; empty for that of the instance. */
  name: string;
  entries: readonly Entry[];
  next: number;
}

/** An entry in messages, by the instance's own path: `instances/anna/data/openclaw.json`. */
export const shownMember = (instance: string, name?: string) =>
  [...instance.split(path.sep).slice(-2), ...(name === undefined ? [] : [name])].join("/");

/**
 * Everything in `data` and `logs` of an instance's folder or its copy, in archive order: a folder
 * before its content. Skips what vanishes meanwhile; an unreadable entry ends the walk with its
 * name. `without`: folders to skip.
 */
export function* members(instance: string, without: ReadonlySet<string>): Generator<Found> {
  using cursor = openCursor(instance);
  if (cursor === null) {
    isThere(instance, shownMember(instance));
    return;
  }
  const above: Level[] = [];
  let level: Level = { name: "", entries: rootsIn(instance, cursor), next: 0 };
  for (;;) {
    const entry = level.entries[level.next++];
    if (entry === undefined) {
      const parent = above.pop();
      if (parent === undefined) return;
      const { name } = level;
      nameFileError(
        () => shownMember(instance, name),
        "read",
        () => cursor.leave(),
      );
      level = parent;
      continue;
    }
    const name = level.name === "" ? entry.name : `${level.name}/${entry.name}`;
    if (without.has(name)) continue;
    yield { at: cursor.at(entry.name), name, kind: entry.kind };
    if (entry.kind !== "folder") continue;
    const entries = nameFileError(
      () => shownMember(instance, name),
      "read",
      () => (cursor.enter(entry.name) ? entriesOf(cursor) : null),
    );
    if (entries === null) continue;
    above.push(level);
    level = { name, entries, next: 0 };
  }
}

function rootsIn(instance: string, cursor: FolderCursor): Entry[] {
  const roots = ROOTS.filter((root) => isThere(cursor.at(root), shownMember(instance, root)));
  return roots.map((name) => ({ name, kind: "folder" }));
}

/** Throws when one of our folders has been replaced by something else. */
function isThere(folder: string, shown: string): boolean {
  const stat = nameFileError(
    () => shown,
    "read",
    () => ifThere(() => lstatSync(folder)),
  );
  if (stat !== null && !stat.isDirectory()) throw notAFolder(shown, stat);
  return stat !== null;
}

/** Sorted. Empty when the folder has vanished. */
function entriesOf(cursor: FolderCursor): Entry[] {
  const found = ifThere(() => readdirSync(cursor.at(), { withFileTypes: true })) ?? [];
  found.sort((a, b) => compareNames(a.name, b.name));
  return (
    found
      // Different names that are not UTF-8 can decode alike.
      .filter(({ name }, index) => name !== found[index - 1]?.name)
      .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
  );
}

function kindOf(entry: Dirent): Found["kind"] {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  return entry.isSymbolicLink() ? "link" : "other";
}
