import { readFile, rm, statfs } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import pLimit from "p-limit";
import { makeFolder } from "../../make-folder.ts";
import type { Reserve } from "../../reserve.ts";
import type { Files } from "../files.ts";
import { readRegularFile, writeFileAtomic } from "./atomic-file.ts";
import { translated } from "./errors.ts";
import { namesIn } from "./folders.ts";
import { writing } from "./writing.ts";

/** OpenClaw's has 1 MB. */
const SCHEMA_LIMIT_BYTES = 16 * 1024 ** 2;
const SCHEMA_ENDING = ".json";

export interface DiskFilesOptions {
  home: string;
  templates: string;
  /** Space released for writes here when the disk is full. */
  reserve?: Pick<Reserve, "spendOn">;
}

export function createDiskFiles({ home, templates, reserve }: DiskFilesOptions): Files {
  const composeFile = path.join(home, "docker-compose.yml");
  const composeTurn = pLimit(1);
  const schemas = path.join(home, "data/schemas");
  /** An id is `sha256:…`, and no colon can be in a name on Windows. */
  const schemaFile = (imageId: string) =>
    path.join(schemas, `${encodeURIComponent(imageId)}${SCHEMA_ENDING}`);
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

    readImageSchema: (imageId) =>
      translated(async () => {
        const bytes = await readRegularFile(schemaFile(imageId), SCHEMA_LIMIT_BYTES);
        return bytes?.toString("utf8") ?? null;
      }),

    keepImageSchema: (imageId, text) =>
      written(async () => {
        makeFolder(schemas, { mode: 0o700 });
        await writeFileAtomic(schemaFile(imageId), text, { mode: 0o600, owner: null });
      }),

    keptImageSchemas: () =>
      translated(async () => {
        const names = await namesIn(schemas);
        const kept = names.filter((name) => name.endsWith(SCHEMA_ENDING));
        return kept.map((name) => decodeURIComponent(name.slice(0, -SCHEMA_ENDING.length)));
      }),

    removeImageSchema: (imageId) => translated(() => rm(schemaFile(imageId), { force: true })),

    diskUsage: () =>
      translated(async () => {
        const { blocks, bavail, bsize } = await statfs(home);
        return { total: blocks * bsize, free: bavail * bsize };
      }),
  };
}
