import { readFile, statfs } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import pLimit from "p-limit";
import type { Reserve } from "../../reserve.ts";
import type { Files } from "../files.ts";
import { readRegularFile, writeFileAtomic } from "./atomic-file.ts";
import { translated } from "./errors.ts";
import { writing } from "./writing.ts";

export interface DiskFilesOptions {
  home: string;
  templates: string;
  /** Space released for writes here when the disk is full. */
  reserve?: Pick<Reserve, "spendOn">;
}

export function createDiskFiles({ home, templates, reserve }: DiskFilesOptions): Files {
  const composeFile = path.join(home, "docker-compose.yml");
  const composeTurn = pLimit(1);
  const written = writing(reserve);

  return {
    async readTemplate(name) {
      if (name !== path.basename(name))
        throw new DomainError("FILES_DENIED", `${JSON.stringify(name)} is no template's name.`);
      return await translated(() => readFile(path.join(templates, name), "utf8"));
    },

    updateCompose: (render) =>
      composeTurn(() =>
        written(async () => {
          const text = await render();
          if ((await readRegularFile(composeFile, 64 * 1024 ** 2))?.toString("utf8") === text)
            return;
          await writeFileAtomic(composeFile, text, { mode: 0o600, owner: null });
        }),
      ),

    diskUsage: () =>
      translated(async () => {
        const { blocks, bavail, bsize } = await statfs(home);
        return { total: blocks * bsize, free: bavail * bsize };
      }),
  };
}
