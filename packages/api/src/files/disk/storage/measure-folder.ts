import { lstatSync } from "node:fs";
import type { FolderSize } from "../../instance-storage.ts";
import { nameFileError } from "../errors.ts";
import { backedUp } from "../walk/backed-up.ts";
import { ifThere } from "../walk/folder-cursor.ts";
import { allocatedSize, requireFewHoles } from "../walk/sparse.ts";
import { members, shownMember } from "../walk/walk.ts";

export interface MeasureTask {
  /** Folder of an instance. */
  folder: string;
  /** Includes what a backup leaves out or cannot hold. */
  everything?: boolean;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Bytes and number of an instance's files that a backup takes, or of all. */
export function measureFolder({ folder, everything }: MeasureTask): FolderSize {
  let bytes = 0;
  let allocated = 0;
  let files = 0;
  for (const { at, name, kind } of everything ? members(folder, NOTHING) : backedUp(folder)) {
    if (kind !== "file") continue;
    const shown = () => shownMember(folder, name);
    const stat = nameFileError(shown, "read", () => ifThere(() => lstatSync(at)));
    if (!stat) continue;
    if (!everything) requireFewHoles(shown(), stat);
    bytes += stat.size;
    allocated += allocatedSize(stat);
    files += 1;
  }
  return { bytes, allocated, files };
}
