import type { Snapshots } from "../../instance-storage.ts";
import { translated } from "../errors.ts";
import { lstatOrNull } from "../folders.ts";
import type { Places } from "../places.ts";
import { runTask } from "../worker/run-task.ts";
import { removeFolder } from "./remove-folder.ts";

export function snapshotFolders(places: Places): Omit<Snapshots, "stageSnapshot"> {
  return {
    snapshotSize: async (kept) => {
      const folder = places.kept(kept);
      if ((await translated(() => lstatOrNull(folder))) === null) return null;
      return (await runTask("measure", { folder, everything: true })).bytes;
    },
    dropSnapshot: (kept) => translated(() => removeFolder(places.kept(kept))),
  };
}
