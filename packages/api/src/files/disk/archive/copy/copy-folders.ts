import { chmodSync, fstatSync, lstatSync, mkdirSync, type Stats, utimesSync } from "node:fs";
import path from "node:path";
import { memberPathFault, shownPath } from "@claw/core/backup/member-name";
import { ROOTS } from "@claw/core/backup/member-tree";
import { DomainError } from "@claw/core/errors";
import type { CopyReport } from "../../../archives.ts";
import type { Report } from "../worker/task-progress.ts";
import { closing } from "./closing.ts";
import { createCopier } from "./copy-file.ts";
import { type Found, openIfThere, walk } from "./walk.ts";

export interface CopyTask {
  /** Folder of an instance, and of its copy, which must not be there yet. */
  from: string;
  to: string;
}

/** What OpenClaw can make again by itself. */
export const LEFT_OUT: ReadonlySet<string> = new Set(["data/cache", "data/tmp"]);

/** Copies the folders of an instance as they are; see `Archives.copyInstance`. */
export function copyFolders({ from, to }: CopyTask, report: Report): CopyReport {
  const done: CopyReport = { bytes: 0, files: 0, folders: 0, skipped: 0, changed: 0 };
  /** A folder gets its mode and time last: what is made in it changes the one and needs the other. */
  const made: { folder: string; stat: Stats }[] = [];
  const copy = createCopier();
  mkdirSync(to, { mode: 0o700 });

  function copyOne(found: Found): void {
    requireName(found);
    const target = path.join(to, ...found.name.split("/"));
    if (found.kind === "folder") {
      const stat = lstatSync(found.at, { throwIfNoEntry: false });
      if (stat) copyFolder(target, stat);
      else missed(found);
    } else if (found.kind === "file") copyFile(found, target);
    else done.skipped += 1;
  }

  function copyFolder(target: string, stat: Stats): void {
    mkdirSync(target, { mode: 0o700 });
    made.push({ folder: target, stat });
    done.folders += 1;
  }

  function copyFile(found: Found, target: string): void {
    const fd = openIfThere(found.at);
    if (fd === null) {
      missed(found);
      return;
    }
    using _ = closing(fd);
    if (!fstatSync(fd).isFile()) {
      done.skipped += 1;
      return;
    }
    const before = done.bytes;
    const { bytes, changed } = copy({ fd, from: found.at, to: target }, (bytes) =>
      report({ id: null, bytes: before + bytes, files: done.files }),
    );
    done.bytes += bytes;
    done.files += 1;
    if (changed) done.changed += 1;
    report({ id: null, bytes: done.bytes, files: done.files });
  }

  /** A name that is not UTF-8 cannot be opened by what it reads as. */
  function missed(found: Found): void {
    if (found.name.includes("\u{fffd}")) done.skipped += 1;
    else done.changed += 1;
  }

  for (const found of members(from, LEFT_OUT)) copyOne(found);
  for (const { folder, stat } of made.reverse()) {
    utimesSync(folder, stat.atimeMs / 1000, stat.mtimeMs / 1000);
    chmodSync(folder, stat.mode & 0o777);
  }
  return done;
}

/** All that a backup takes of an instance's folder, or of a copy of it, in the order of an archive. */
export function* members(instance: string, without: ReadonlySet<string>): Generator<Found> {
  for (const root of ROOTS) {
    const at = path.join(instance, root);
    const stat = lstatSync(at, { throwIfNoEntry: false });
    if (!stat) continue;
    if (!stat.isDirectory())
      throw Object.assign(new Error(`${at} is not a folder`), { code: "ENOTDIR" });
    yield { at, name: root, kind: "folder" };
    for (const found of walk(at, { prefix: root, without })) yield found;
  }
}

function requireName({ name }: Found): void {
  const fault = memberPathFault(name);
  if (fault === null) return;
  throw new DomainError(
    "FILES_DENIED",
    `A backup cannot hold ${shownPath(name)}: the name ${fault}. Rename or remove it and try again.`,
  );
}
