import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { describeRepository } from "../../backup-repository.contract.ts";
import { createFolderRepository } from "./folder-repository.ts";

const posix = process.platform !== "win32";

async function openPlace() {
  const home = await mkdtemp(path.join(tmpdir(), "claw backups 库-"));
  const reopen = async () => createFolderRepository(home);
  const repository = await reopen();
  await repository.sweep();
  return {
    repository,
    reopen,
    backup: (...parts: string[]) => path.join(home, "backup", ...parts),
    [Symbol.asyncDispose]: () => rm(home, { recursive: true }),
  };
}

describeRepository("folder", openPlace);

test("lists what could be a backup, and nothing else", async () => {
  await using place = await openPlace();
  for (const name of ["b.tar", ".hidden.tar", "x.zip", ".claw-1.tar.partial", "备份.tar"])
    await writeFile(place.backup(name), "");
  await mkdir(place.backup("folder.tar"));
  if (posix) await symlink("b.tar", place.backup("link.tar"));
  expect(await place.repository.list()).toEqual(["b.tar"]);
  expect(await place.repository.stat("folder.tar")).toBeNull();
});

test.runIf(posix)("only the panel's user reads a file, its draft or the folder", async () => {
  await using place = await openPlace();
  await using draft = await place.repository.draft();
  await draft.write(
    (async function* () {
      yield Buffer.from("secret");
    })(),
  );
  const [partial = ""] = await readdir(place.backup());
  expect((await stat(place.backup(partial))).mode & 0o777).toBe(0o600);
  await place.repository.put(draft, "x.tar");
  expect((await stat(place.backup("x.tar"))).mode & 0o777).toBe(0o600);
  expect((await stat(place.backup())).mode & 0o777).toBe(0o700);
  expect(await readdir(place.backup())).toEqual(["x.tar"]);
});

test.runIf(posix)("follows no link in the place of a file", async () => {
  await using place = await openPlace();
  await writeFile(place.backup("../secret"), "secret");
  await symlink("../secret", place.backup("link.tar"));
  const read = async () => {
    for await (const _ of place.repository.get("link.tar")) throw new Error("was read");
  };
  await expect(read()).rejects.toMatchObject({ reason: "FILES_DENIED" });
});

test("a folder that somebody removed is made again", async () => {
  await using place = await openPlace();
  await rm(place.backup(), { recursive: true });
  expect(await place.repository.list()).toEqual([]);
  await using draft = await place.repository.draft();
  await draft.write((async function* () {})());
  expect(await place.repository.put(draft, "x.tar")).toBe(true);
});
