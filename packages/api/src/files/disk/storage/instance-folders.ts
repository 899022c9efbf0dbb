import { chown, mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "@claw/core/errors";
import { InstanceId } from "@claw/core/instance";
import type { InstanceFolders } from "../../instance-storage.ts";
import { translated } from "../errors.ts";
import { lstatOrNull, requireFolder } from "../folders.ts";
import type { Places } from "../places.ts";
import { writing } from "../writing.ts";
import { removeFolder } from "./remove-folder.ts";
import type { DiskStorageOptions } from "./storage-options.ts";

type Folders = Pick<
  InstanceFolders,
  "hasInstance" | "createInstance" | "removeInstance" | "listInstances"
>;

export function instanceFolders(
  places: Places,
  { owner, reserve }: Pick<DiskStorageOptions, "owner" | "reserve">,
): Folders {
  const written = writing(reserve);

  return {
    hasInstance: (id) => translated(async () => (await lstatOrNull(places.instance(id))) !== null),

    createInstance: (id) =>
      written(async () => {
        await requireOwnFolders(places, id);
        await makeFolder(places.instance(id), 0o755);
        for (const name of ["data", "logs"]) {
          const made = path.join(places.instance(id), name);
          await makeFolder(made, 0o700);
          if (owner) await chown(made, owner.uid, owner.gid);
        }
      }),

    removeInstance: (id) => translated(() => removeFolder(places.instance(id))),

    listInstances: () =>
      translated(async () => {
        const entries = await readdir(places.instances, { withFileTypes: true });
        return entries
          .filter((entry) => entry.isDirectory() && InstanceId.safeParse(entry.name).success)
          .map((entry) => entry.name)
          .sort();
      }),
  };
}

/** Throws when an instance's folders are links instead of the panel's own folders. */
export async function requireOwnFolders(places: Places, id: InstanceId): Promise<void> {
  const folder = places.instance(id);
  for (const own of [folder, path.join(folder, "data"), path.join(folder, "logs")])
    await requireFolder(own);
}

/** Not `recursive`, which reports a read-only disk as a missing folder. */
async function makeFolder(target: string, mode: number): Promise<void> {
  try {
    await mkdir(target, { mode });
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    await requireFolder(target);
  }
}
