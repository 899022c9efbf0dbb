import {
  chmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  type Stats,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { linkFault } from "@claw/core/backup/member-link";
import type { CopyReport } from "../../instance-storage.ts";
import { nameFileError } from "../errors.ts";
import { backedUp } from "../walk/backed-up.ts";
import { closing } from "../walk/closing.ts";
import { ifThere, openIfThere } from "../walk/folder-cursor.ts";
import { placesBelow } from "../walk/member-places.ts";
import { requireFewHoles } from "../walk/sparse.ts";
import { type Found, shownMember } from "../walk/walk.ts";
import type { Report } from "../worker/task-progress.ts";
import { createCopier } from "./copy-file.ts";

export interface CopyTask {
  /** Folder of an instance, and of its copy, which must not exist yet. */
  from: string;
  to: string;
}

/** Copies an instance's folders unchanged; see `InstanceStorage.copyOut`. */
export function copyFolders({ from, to }: CopyTask, report: Report): CopyReport {
  const done: CopyReport = {
    ...{ bytes: 0, files: 0, folders: 0, links: 0, changed: 0 },
    leftOut: { links: 0, others: 0 },
  };
  /**
   * Sets a folder's mode and time last: adding entries changes the time and needs write permission.
   */
  const made: { name: string; stat: Stats }[] = [];
  const copy = createCopier();
  mkdirSync(to, { mode: 0o700 });
  using targets = placesBelow(to);

  function copyOne(found: Found): void {
    if (found.kind === "folder") copyFolder(found);
    else if (found.kind === "file") copyFile(found);
    else if (found.kind === "link") copyLink(found);
    else done.leftOut.others += 1;
  }

  function copyFolder(found: Found): void {
    const stat = lstatSync(found.at, { throwIfNoEntry: false });
    if (!stat) {
      missed(found);
      return;
    }
    mkdirSync(targets.at(found.name), { mode: 0o700 });
    made.push({ name: found.name, stat });
    done.folders += 1;
  }

  function copyLink(found: Found): void {
    const target = ifThere(() => readlinkSync(found.at));
    if (target === null) missed(found);
    // A target that is not UTF-8 is indistinguishable from its replacement characters.
    else if (target.includes("\u{fffd}") || linkFault(found.name, target) !== null)
      done.leftOut.links += 1;
    else {
      symlinkSync(target, targets.at(found.name));
      done.links += 1;
    }
  }

  function copyFile(found: Found): void {
    const fd = openIfThere(found.at);
    if (fd === null) {
      missed(found);
      return;
    }
    using _ = closing(fd);
    const stat = fstatSync(fd);
    if (!stat.isFile()) {
      done.leftOut.others += 1;
      return;
    }
    requireFewHoles(shownMember(from, found.name), stat);
    const before = done.bytes;
    const to = targets.at(found.name);
    const { bytes, changed } = copy({ fd, from: found.at, to }, (bytes) =>
      report({ id: null, bytes: before + bytes, files: done.files }),
    );
    done.bytes += bytes;
    done.files += 1;
    if (changed) done.changed += 1;
    report({ id: null, bytes: done.bytes, files: done.files });
  }

  /** A name that is not UTF-8 cannot be opened by its decoded form. */
  function missed(found: Found): void {
    if (found.name.includes("\u{fffd}")) done.leftOut.others += 1;
    else done.changed += 1;
  }

  for (const found of backedUp(from))
    nameFileError(
      () => shownMember(from, found.name),
      "read",
      () => copyOne(found),
    );
  for (const { name, stat } of made.reverse()) {
    const folder = targets.at(name);
    utimesSync(folder, stat.atimeMs / 1000, stat.mtimeMs / 1000);
    chmodSync(folder, stat.mode & 0o777);
  }
  return done;
}
