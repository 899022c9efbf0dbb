import { constants } from "node:fs";
import { mkdir, open, readdir, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { ArchiveFilename } from "@claw/core/backup/archive-names";
import { DomainError } from "@claw/core/errors";
import { CONFIG_MAX_LENGTH } from "@claw/core/openclaw-config";
import type { Archives, TransferOptions } from "../../archives.ts";
import { type Owner, readRegularFile, syncFolder, writeFileAtomic } from "../atomic-file.ts";
import { fileError, translated } from "../errors.ts";
import { lstatOrNull, requireFolder } from "../folders.ts";
import { isLeftover, isPartial, isRemoving, placesIn } from "./places.ts";
import { receiveArchive } from "./receive.ts";
import { removeFolder, removeRest } from "./remove-folder.ts";
import { createSwap } from "./swap.ts";
import { verifyFile } from "./verify-file.ts";
import { runTask } from "./worker/run-task.ts";
import { writeArchive } from "./write-archive.ts";

export interface DiskArchiveOptions {
  home: string;
  /** The containers' user, or null when the panel's own user owns what it creates. */
  owner: Owner | null;
}

const READ_SIZE = 256 * 1024;

/** Opens the backup folder of a home. Leftovers of a crash stay until `sweep`. */
export async function openDiskArchives({ home, owner }: DiskArchiveOptions): Promise<Archives> {
  const places = placesIn(home);
  await translated(() => mkdir(places.backups, { recursive: true, mode: 0o700 }));

  const stagedConfig = (staged: string) =>
    path.join(places.staged(staged), "data", "openclaw.json");

  /** A folder that a task creates; removed when the task fails. */
  async function making<T>(folder: string, make: () => Promise<T>): Promise<T> {
    await translated(() => removeFolder(folder));
    try {
      return await make();
    } catch (error) {
      await translated(() => removeFolder(folder));
      throw error;
    }
  }

  return {
    copyInstance: (id, copy, options) => {
      const task = { from: places.instance(id), to: places.copy(id, copy) };
      return making(task.to, async () => {
        await translated(() => requireFolder(task.from));
        return runTask("copy", task, options);
      });
    },
    dropCopy: (id, copy) => translated(() => removeFolder(places.copy(id, copy))),

    write: (request, options) => writeArchive(places, request, options),

    list: () =>
      translated(async () => {
        const entries = await readdir(places.backups, { withFileTypes: true });
        return entries
          .filter((entry) => entry.isFile() && ArchiveFilename.safeParse(entry.name).success)
          .map((entry) => entry.name);
      }),
    inspect: async (filename) => runTask("inspect", { file: places.archive(filename) }),
    verify: async (filename, options) => verifyFile(places.archive(filename), options),
    remove: (filename) =>
      translated(async () => {
        await rm(places.archive(filename), { force: true });
        await syncFolder(places.backups);
      }),

    stage: ({ filename, from, staged, unlock }, options) => {
      const folder = places.staged(staged);
      const task = { file: places.archive(filename), from, folder, owner, unlock };
      return making(folder, () => runTask("stage", task, options));
    },
    dropStaged: (staged) => translated(() => removeFolder(places.staged(staged))),
    readStagedConfig: (staged) =>
      translated(async () => {
        const bytes = await readRegularFile(stagedConfig(staged), CONFIG_MAX_LENGTH * 4);
        return bytes?.toString("utf8") ?? null;
      }),
    writeStagedConfig: (staged, text) =>
      translated(() => writeFileAtomic(stagedConfig(staged), text, { mode: 0o600, owner })),

    ...createSwap(places),
    snapshotSize: async (kept) => {
      const folder = places.kept(kept);
      if ((await translated(() => lstatOrNull(folder))) === null) return null;
      return (await runTask("measure", { folder, everything: true })).bytes;
    },
    dropSnapshot: (kept) => translated(() => removeFolder(places.kept(kept))),

    receive: (body, options) => receiveArchive(places, body, options),
    read: (filename, range) => readArchive(places.archive(filename), range),
    size: (filename) =>
      translated(async () => {
        const stat = await lstatOrNull(places.archive(filename));
        return stat?.isFile() ? stat.size : null;
      }),

    sweep: (needed) =>
      translated(async () => {
        for (const name of await readdir(places.backups))
          if (isPartial(name)) await rm(path.join(places.backups, name), { force: true });
        for (const name of await readdir(places.instances)) {
          const folder = path.join(places.instances, name);
          if (isLeftover(name, needed)) await removeFolder(folder);
          // The panel's files report what cannot be removed.
          else if (isRemoving(name)) await removeRest(folder);
        }
      }),
    space: () =>
      translated(async () => ({
        backups: await freeOf(places.backups),
        instances: await freeOf(places.instances),
        isOneDisk: (await stat(places.backups)).dev === (await stat(places.instances)).dev,
      })),
    measure: async (id, signal) =>
      runTask("measure", { folder: places.instance(id) }, { signal } satisfies TransferOptions),
  };
}

async function freeOf(folder: string): Promise<{ free: number }> {
  const { bavail, bsize } = await statfs(folder);
  return { free: bavail * bsize };
}

async function* readArchive(
  file: string,
  range?: { start: number; end: number },
): AsyncGenerator<Uint8Array> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  await using handle = await open(file, flags).catch((error) => {
    if (error.code !== "ENOENT") throw fileError(error);
    throw new DomainError(
      "BACKUP_NOT_FOUND",
      "The file of this backup is not in the backup folder any more.",
      { cause: error },
    );
  });
  const end = range?.end ?? Number.POSITIVE_INFINITY;
  for (let position = range?.start ?? 0; position <= end; ) {
    const length = Math.min(READ_SIZE, end - position + 1);
    const { bytesRead, buffer } = await handle.read(
      Buffer.allocUnsafe(length),
      0,
      length,
      position,
    );
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}
