import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import type { InstanceStorage } from "../../instance-storage.ts";
import { translated } from "../errors.ts";
import { isLeftover, isRemoving, placesIn } from "../places.ts";
import { spaceOf } from "../space-of.ts";
import { dataFolders } from "./data-folders.ts";
import { instanceConfigs } from "./instance-configs.ts";
import { instanceCopies } from "./instance-copies.ts";
import { instanceFolders } from "./instance-folders.ts";
import { removeFolder, removeRest } from "./remove-folder.ts";
import { snapshotFolders } from "./snapshot-folders.ts";
import { stagedFolders } from "./staged-folders.ts";
import type { DiskStorageOptions } from "./storage-options.ts";
import { createSwap } from "./swap.ts";

/**
 * Opens the instances' folders of a home, and finishes removals that a crash interrupted. Other
 * leftovers stay until `sweep`.
 */
export async function openDiskStorage(options: DiskStorageOptions): Promise<InstanceStorage> {
  const places = placesIn(options.home);

  await translated(async () => {
    await mkdir(places.instances, { recursive: true });
    for (const name of await readdir(places.instances))
      if (isRemoving(name)) await finishRemoving(path.join(places.instances, name));
  });

  /** A failed removal must not keep the panel from starting. */
  async function finishRemoving(rest: string): Promise<void> {
    const error = await removeRest(rest);
    if (error !== null) options.onRest?.(error);
  }

  return {
    ...instanceFolders(places, options),
    ...instanceConfigs(places, options),
    ...dataFolders(places.instance, options.owner),
    ...instanceCopies(places),
    ...stagedFolders(places, options),
    ...snapshotFolders(places),
    ...createSwap(places),
    sweep: (needed) =>
      translated(async () => {
        for (const name of await readdir(places.instances)) {
          const folder = path.join(places.instances, name);
          if (isLeftover(name, needed)) await removeFolder(folder);
          // `onRest` has reported what cannot be removed.
          else if (isRemoving(name)) await removeRest(folder);
        }
      }),
    space: () => translated(() => spaceOf(places.instances)),
  };
}
