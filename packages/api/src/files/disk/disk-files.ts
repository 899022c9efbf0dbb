import { chown, mkdir, readdir, readFile, statfs } from "node:fs/promises";
import path from "node:path";
import { DomainError, hasReason } from "@claw/core/errors";
import { InstanceId } from "@claw/core/instance";
import { CONFIG_MAX_LENGTH } from "@claw/core/openclaw-config";
import pLimit from "p-limit";
import type { Reserve } from "../../reserve.ts";
import type { Files } from "../files.ts";
import { removeFolder, removeRest } from "./archive/remove-folder.ts";
import { type Owner, readRegularFile, writeFileAtomic } from "./atomic-file.ts";
import { configChanges } from "./config-changes.ts";
import { dataFolders } from "./data-folders.ts";
import { translated } from "./errors.ts";
import { lstatOrNull, requireFolder } from "./folders.ts";
import { isRemoving } from "./places.ts";

export interface DiskOptions {
  home: string;
  templates: string;
  /** The containers' user, or null when the panel's own user owns what it creates. */
  owner: Owner | null;
  /** Space released for writes here when the disk is full. */
  reserve?: Pick<Reserve, "spendOn">;
  /** Receives what still cannot be removed of a deleted instance; the next start retries. */
  onRest?: (error: DomainError) => void;
}

/** UTF-8 needs at most three bytes per UTF-16 unit; the rest leaves room for a byte order mark. */
const CONFIG_MAX_BYTES = CONFIG_MAX_LENGTH * 4;

/** Opens the folders of a home, and finishes removals that a crash interrupted. */
export async function openDiskFiles(options: DiskOptions): Promise<Files> {
  const instances = path.join(options.home, "instances");
  const folder = (id: InstanceId) => path.join(instances, InstanceId.parse(id));
  const configFile = (id: InstanceId) => path.join(folder(id), "data", "openclaw.json");
  const composeFile = path.join(options.home, "docker-compose.yml");

  const composeTurn = pLimit(1);

  /** `translated`, for writes. */
  function written<T>(write: () => Promise<T>): Promise<T> {
    const isFull = (error: unknown) => hasReason(error, "DISK_FULL");
    const once = () => translated(write);
    return options.reserve?.spendOn(once, isFull) ?? once();
  }

  await translated(async () => {
    await mkdir(instances, { recursive: true });
    for (const name of await readdir(instances))
      if (isRemoving(name)) await finishRemoving(path.join(instances, name));
  });

  /** A failed removal must not keep the panel from starting. */
  async function finishRemoving(rest: string): Promise<void> {
    const error = await removeRest(rest);
    if (error !== null) options.onRest?.(error);
  }

  /** Throws when an instance's folders are links instead of the panel's own folders. */
  async function requireOwnFolders(id: InstanceId): Promise<void> {
    for (const own of [folder(id), path.join(folder(id), "data"), path.join(folder(id), "logs")])
      await requireFolder(own);
  }

  return {
    hasInstance: (id) => translated(async () => (await lstatOrNull(folder(id))) !== null),

    createInstance: (id) =>
      written(async () => {
        await requireOwnFolders(id);
        await makeFolder(folder(id), 0o755);
        for (const name of ["data", "logs"]) {
          const made = path.join(folder(id), name);
          await makeFolder(made, 0o700);
          if (options.owner) await chown(made, options.owner.uid, options.owner.gid);
        }
      }),

    removeInstance: (id) => translated(() => removeFolder(folder(id))),

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
        await requireOwnFolders(id);
        const bytes = await readRegularFile(configFile(id), CONFIG_MAX_BYTES);
        return bytes === null ? null : decodeUtf8(bytes);
      }),

    writeConfig: (id, text) =>
      written(async () => {
        await requireOwnFolders(id);
        await writeFileAtomic(configFile(id), text, { mode: 0o600, owner: options.owner });
      }),

    async *configChanges(id, signal) {
      await translated(() => requireOwnFolders(id));
      yield* configChanges(path.dirname(configFile(id)), signal);
    },

    ...dataFolders(folder, options.owner),

    readTemplate: (name) =>
      translated(() => readFile(path.join(options.templates, path.basename(name)), "utf8")),

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
        const { blocks, bavail, bsize } = await statfs(options.home);
        return { total: blocks * bsize, free: bavail * bsize };
      }),
  };
}

/** Not `recursive`, which reports a read-only disk as a missing folder. */
async function makeFolder(target: string, mode: number): Promise<void> {
  try {
    await mkdir(target, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    await requireFolder(target);
  }
}

/** Keeps a byte order mark, so that saving an unchanged text keeps its bytes. */
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
