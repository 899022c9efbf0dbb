import { lstatSync } from "node:fs";
import { LEFT_OUT, members } from "./copy-folders.ts";

export interface MeasureTask {
  /** Folder of an instance. */
  folder: string;
  /** Also what a backup leaves out. */
  everything?: boolean;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Bytes and number of the files of an instance's folder that a backup takes, or of all. */
export function measureFolder({ folder, everything }: MeasureTask): {
  bytes: number;
  files: number;
} {
  let bytes = 0;
  let files = 0;
  for (const { at, kind } of members(folder, everything ? NOTHING : LEFT_OUT)) {
    if (kind !== "file") continue;
    const stat = lstatSync(at, { throwIfNoEntry: false });
    if (!stat) continue;
    bytes += stat.size;
    files += 1;
  }
  return { bytes, files };
}
