import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { ArchiveFilename } from "@claw/core/backup/archive-names";
import { backupFileMissing } from "../../backup-file-missing.ts";
import type { BackupRepository, ByteRange, Draft } from "../../backup-repository.ts";
import { syncFolder } from "../atomic-file.ts";
import { fileError, translated } from "../errors.ts";
import { lstatOrNull } from "../folders.ts";
import { isPartial, type Places, placesIn } from "../places.ts";
import { spaceOf } from "../space-of.ts";
import { publish } from "./publish.ts";

const READ_SIZE = 256 * 1024;

/** Keeps backup files in a folder of the home, which it creates. */
export function createFolderRepository(home: string): BackupRepository {
  const places = placesIn(home);

  /** Runs `action`, which needs the folder. */
  const inFolder = <T>(action: () => Promise<T>): Promise<T> =>
    translated(async () => {
      await mkdir(places.backups, { recursive: true, mode: 0o700 });
      return await action();
    });

  return {
    draft: () => inFolder(async () => createDraft(places)),
    put: (draft, filename) =>
      translated(() => publish(places.draft(draft.id), places.archive(filename))),
    get: (filename, range) => readFile(places.archive(filename), range),
    list: () =>
      inFolder(async () => {
        const entries = await readdir(places.backups, { withFileTypes: true });
        return entries
          .filter((entry) => entry.isFile() && ArchiveFilename.safeParse(entry.name).success)
          .map((entry) => entry.name);
      }),
    stat: (filename) =>
      translated(async () => {
        const found = await lstatOrNull(places.archive(filename));
        return found?.isFile() ? { size: found.size } : null;
      }),
    delete: (filename) =>
      translated(async () => {
        await rm(places.archive(filename), { force: true });
        await syncFolder(places.backups);
      }),
    sweep: () =>
      inFolder(async () => {
        for (const name of await readdir(places.backups))
          if (isPartial(name)) await rm(path.join(places.backups, name), { force: true });
      }),
    space: () => inFolder(() => spaceOf(places.backups)),
  };
}

function createDraft(places: Places): Draft {
  const id = randomBytes(8).toString("hex");
  const file = places.draft(id);
  return {
    id,
    write: (content) =>
      translated(async () => {
        await using handle = await open(file, "wx", 0o600);
        for await (const chunk of content) await handle.writeFile(chunk);
        await handle.sync();
      }),
    read: () => readFile(file),
    async [Symbol.asyncDispose]() {
      for (const part of [file, places.scratch(id)]) await rm(part, { force: true });
    },
  };
}

async function* readFile(file: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  await using handle = await open(file, flags).catch((error) => {
    throw error.code === "ENOENT" ? backupFileMissing(error) : fileError(error);
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
