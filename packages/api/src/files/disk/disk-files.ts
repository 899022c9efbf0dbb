import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, readFile, rename, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { InstanceId } from "@claw/core/instance";
import { CONFIG_MAX_LENGTH } from "@claw/core/openclaw-config";
import pLimit from "p-limit";
import type { Files } from "../files.ts";
import { readRegularFile, writeFileAtomic } from "./atomic-file.ts";
import { translated } from "./errors.ts";

/** Whom an instance's files belong to. */
export interface Owner {
  uid: number;
  gid: number;
}

export interface DiskOptions {
  home: string;
  templates: string;
  /** Whom the containers run as, or null when the panel's own user owns what it makes. */
  owner: Owner | null;
}

/** Four bytes are the most that UTF-8 needs for one UTF-16 unit's share; twice for the mark. */
const CONFIG_MAX_BYTES = CONFIG_MAX_LENGTH * 4;

/** Folders on their way out; a name that no instance id can have. */
const REMOVING = ".removing-";

/** Opens the folders of a home, and carries through removals that a crash cut short. */
export async function openDiskFiles(options: DiskOptions): Promise<Files> {
  const instances = path.join(options.home, "instances");
  const folder = (id: InstanceId) => path.join(instances, InstanceId.parse(id));
  const configFile = (id: InstanceId) => path.join(folder(id), "data", "openclaw.json");
  const composeFile = path.join(options.home, "docker-compose.yml");

  const composeTurn = pLimit(1);

  await translated(async () => {
    await mkdir(instances, { recursive: true });
    for (const name of await readdir(instances))
      if (name.startsWith(REMOVING)) await rm(path.join(instances, name), { recursive: true });
  });

  return {
    createInstance: (id) =>
      translated(async () => {
        const existed = (await exists(configFile(id))) === true;
        for (const name of ["data", "logs"]) {
          const made = path.join(folder(id), name);
          await mkdir(made, { recursive: true, mode: 0o700 });
          if (options.owner) await chown(made, options.owner.uid, options.owner.gid);
        }
        return { existed };
      }),

    removeInstance: (id) =>
      translated(async () => {
        if (!(await exists(folder(id)))) return;
        const away = path.join(instances, `${REMOVING}${id}-${randomBytes(4).toString("hex")}`);
        await rename(folder(id), away);
        await rm(away, { recursive: true });
      }),

    listInstances: () =>
      translated(async () => {
        const entries = await readdir(instances, { withFileTypes: true });
        return entries
          .filter((entry) => entry.isDirectory() && InstanceId.safeParse(entry.name).success)
          .map((entry) => entry.name)
          .sort();
      }),

    readConfig: (id) =>
      translated(async () => {
        const bytes = await readRegularFile(configFile(id), CONFIG_MAX_BYTES);
        return bytes === null ? null : decodeUtf8(bytes);
      }),

    writeConfig: (id, text) =>
      translated(() =>
        writeFileAtomic(configFile(id), text, { mode: 0o600, owner: options.owner }),
      ),

    readTemplate: (name) =>
      translated(() => readFile(path.join(options.templates, path.basename(name)), "utf8")),

    updateCompose: (render) =>
      composeTurn(() =>
        translated(async () => {
          const text = await render();
          if ((await readRegularFile(composeFile, 64 * 1024 ** 2))?.toString("utf8") === text)
            return;
          await writeFileAtomic(composeFile, text, { mode: 0o600, owner: null });
        }),
      ),

    diskUsage: () =>
      translated(async () => {
        const { blocks, bavail, bsize } = await statfs(options.home);
        return { total: blocks * bsize, free: bavail * bsize };
      }),
  };
}

async function exists(target: string): Promise<boolean> {
  try {
    await stat(target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Keeps a byte order mark, so that a text that is saved unchanged stays the same bytes. */
function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new DomainError(
      "CONFIG_INVALID",
      "openclaw.json is not UTF-8 text. Save it as UTF-8 in an editor on the host, or restore a backup.",
      { cause: error },
    );
  }
}
