import { open, stat } from "node:fs/promises";
import { expect, test } from "vitest";
import {
  type ArchivePlace,
  fingerprint,
  NEVER,
  openArchivePlace,
} from "../../../../tests/support/archive-place.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { allocatedSize } from "../walk/sparse.ts";
import { openArchive } from "./read/open-archive.ts";

const FILE = "claw-20261122-081500-1.tar";
const MB = 1024 ** 2;

/** A file of that size with only a few bytes here and there. */
async function makeSparse(place: ArchivePlace, name: string, size: number, data: number[]) {
  await using file = await open(place.at("anna", "data", name), "w");
  for (const position of data) await file.write("not a hole", position);
  await file.truncate(size);
}

const onDisk = async (file: string) => (await stat(file)).blocks * 512;

test.runIf(process.platform === "linux")(
  "files with holes have them still in copy and restore, and take no more room",
  async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/a": "1" });
    await makeSparse(place, "between", 60 * MB + 7, [0, 30 * MB + 3, 60 * MB - 3]);
    await makeSparse(place, "at the end", 60 * MB, [5]);
    await makeSparse(place, "nothing else", 60 * MB + 1, []);
    const size = await place.storage.measure("anna", NEVER);
    expect(size).toMatchObject({ bytes: 180 * MB + 9, files: 4 });
    expect(size.allocated).toBeLessThan(MB);
    await place.backUp(["anna"]);
    using archive = openArchive(place.backup(FILE));
    expect(archive.manifest.instances[0]?.allocated).toBeLessThan(2 * MB);
    const [listed] = (await place.archives.inspect(FILE)).instances;
    expect(listed?.allocated).toBe(archive.manifest.instances[0]?.allocated);
    await place.archives.unpack({ filename: FILE, from: "anna", staged: "s" }, { signal: NEVER });
    const before = await fingerprint(place.at("anna"));
    for (const made of [".copy-c-anna", ".staged-s"]) {
      expect(await fingerprint(place.at(made))).toEqual(before);
      for (const name of ["between", "at the end", "nothing else"])
        expect(await onDisk(place.at(made, "data", name))).toBeLessThan(MB);
    }
  },
  60_000,
);

test.runIf(process.platform === "linux")(
  "a file that is terabytes of nothing is refused by name, before its instance is stopped",
  async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", {});
    await makeSparse(place, "image", 5e12, [0]);
    for (const attempt of [
      () => place.storage.measure("anna", NEVER),
      () => place.storage.copyOut("anna", "c", { signal: NEVER }),
    ]) {
      const { message } = await rejects(attempt(), "FILES_DENIED");
      expect(message).toMatch(/^instances\/anna\/data\/image cannot be backed up: .* 5\.0 TB/);
    }
  },
);

test("what a file takes on its disk is its blocks, unless these only say that it is packed", () => {
  const sizes = [
    { size: 100, blocks: 8 },
    { size: 100, blocks: 0 },
    { size: 10 * MB, blocks: 20_000 },
    { size: 10 * MB, blocks: 8 },
  ].map(allocatedSize);
  expect(sizes).toEqual([4_096, 100, 10 * MB, 4_096]);
});
