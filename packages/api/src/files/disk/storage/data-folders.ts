import { randomBytes } from "node:crypto";
import { chown, open, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { InstanceId } from "@claw/core/instance";
import { folderIdentity } from "../../../folder-identity.ts";
import type { InstanceFolders } from "../../instance-storage.ts";
import type { Owner } from "../atomic-file.ts";
import { translated } from "../errors.ts";
import { lstatOrNull } from "../folders.ts";

type DataFolders = Pick<InstanceFolders, "ownFolders" | "dataFolder" | "withMark">;

/** The entry at the path of an instance's data, which may lie on a disk of its own. */
export function dataFolders(folder: (id: InstanceId) => string, owner: Owner | null): DataFolders {
  const data = (id: InstanceId) => path.join(folder(id), "data");

  return {
    ownFolders: (id) =>
      translated(async () => {
        if (!owner) return;
        for (const each of [data(id), path.join(folder(id), "logs")]) {
          const found = await lstatOrNull(each);
          if (found?.isDirectory() && found.uid === 0) await chown(each, owner.uid, owner.gid);
        }
      }),

    dataFolder: (id) =>
      translated(async () => {
        const found = await orNull(stat(data(id), { bigint: true }));
        return found && folderIdentity(found);
      }),

    async withMark(id, look) {
      const name = `.claw-mark-${randomBytes(8).toString("hex")}`;
      const file = path.join(data(id), name);
      // Exclusively: never through a link that an instance planted.
      const made = await translated(() => orNull(open(file, "wx", 0o644)));
      if (made === null) return "no folder";
      await made.close();
      try {
        return await look(name);
      } finally {
        await translated(() => rm(file, { force: true }));
      }
    },
  };
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
