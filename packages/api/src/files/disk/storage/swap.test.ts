import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type ArchivePlace, openArchivePlace } from "../../../../tests/support/archive-place.ts";
import { rejects } from "../../../../tests/support/rejects.ts";

/** An instance with old data, or none, and staged new data. */
async function openPlace(options: { instance: boolean }) {
  const place = await openArchivePlace();
  if (options.instance) await place.provision("anna", { "data/x": "old", "data/only-old": "" });
  await mkdir(place.at(".staged-s", "data"), { recursive: true });
  await writeFile(place.at(".staged-s", "data", "x"), "new");
  return place;
}

const textIn = (place: ArchivePlace, folder: string) =>
  readFile(place.at(folder, "data", "x"), "utf8").catch(() => null);

/** The content of the instance's folder, and of the kept one. */
const state = async (place: ArchivePlace) => ({
  live: await textIn(place, "anna"),
  staged: await textIn(place, ".staged-s"),
  kept: await textIn(place, ".kept-k"),
});

/** Each state that a crash can leave during a swap, created by hand: the renames up to there. */
const CUTS: [name: string, steps: number][] = [
  ["before its first step", 0],
  ["after the mark", 1],
  ["after the old folder has moved away", 2],
  ["after the new folder has its place", 3],
];

async function cutShort(place: ArchivePlace, steps: number): Promise<void> {
  if (steps >= 1) await writeFile(place.at(".staged-s", ".swapped-in-s"), "");
  if (steps >= 2 && existsSync(place.at("anna")))
    await rename(place.at("anna"), place.at(".kept-k"));
  if (steps >= 3) await rename(place.at(".staged-s"), place.at("anna"));
}

describe.each([
  ["of an instance that is there", true],
  ["of one that is not", false],
])("a swap %s", (_, instance) => {
  const old = instance ? "old" : null;
  const swapped = { live: "new", staged: null, kept: old };
  const before = { live: old, staged: null, kept: null };

  test("puts the new data in place, and keeps the old; both ways can be repeated", async () => {
    await using place = await openPlace({ instance });
    for (let round = 0; round < 2; round++) {
      await place.storage.swapIn("anna", "s", "k");
      expect(await state(place)).toEqual(swapped);
    }
    for (let round = 0; round < 2; round++) {
      await place.storage.swapBack("anna", "s", "k");
      expect(await state(place)).toEqual(before);
    }
    expect(await readdir(place.at())).toEqual(instance ? ["anna"] : []);
  });

  test.each(CUTS)("that a crash cuts short %s is carried through", async (__, steps) => {
    await using place = await openPlace({ instance });
    await cutShort(place, steps);
    await place.storage.swapIn("anna", "s", "k");
    expect(await state(place)).toEqual(swapped);
  });

  test.each(CUTS)("that a crash cuts short %s can be undone", async (__, steps) => {
    await using place = await openPlace({ instance });
    await cutShort(place, steps);
    await place.storage.swapBack("anna", "s", "k");
    expect(await state(place)).toEqual(before);
    await place.storage.swapBack("anna", "s", "k");
    expect(await state(place)).toEqual(before);
  });

  test("whose undoing is cut short is undone", async () => {
    for (const steps of [1, 2]) {
      await using place = await openPlace({ instance });
      await place.storage.swapIn("anna", "s", "k");
      await rename(place.at("anna"), place.at(".staged-s"));
      if (steps === 2 && instance) await rename(place.at(".kept-k"), place.at("anna"));
      await place.storage.swapBack("anna", "s", "k");
      expect(await state(place)).toEqual(before);
    }
  });

  test("whose undoing is cut short while the new data is removed is undone", async () => {
    await using place = await openPlace({ instance });
    await place.storage.swapIn("anna", "s", "k");
    await rename(place.at("anna"), place.at(".staged-s"));
    if (instance) await rename(place.at(".kept-k"), place.at("anna"));
    await rm(place.at(".staged-s", "data"), { recursive: true });
    await place.storage.swapBack("anna", "s", "k");
    expect(await state(place)).toEqual(before);
  });
});

test("an instance that was restored twice is told from the one of the first time", async () => {
  await using place = await openPlace({ instance: true });
  await place.storage.swapIn("anna", "s", "k");
  await mkdir(place.at(".staged-t", "data"), { recursive: true });
  await writeFile(place.at(".staged-t", "data", "x"), "newest");
  await place.storage.swapIn("anna", "t", "l");
  await place.storage.swapBack("anna", "t", "l");
  expect(await state(place)).toEqual({ live: "new", staged: null, kept: "old" });
});

test("a kept folder is brought back, and comes back to where it was when that fails", async () => {
  await using place = await openPlace({ instance: true });
  await place.storage.swapIn("anna", "s", "k");
  for (let round = 0; round < 2; round++) await place.storage.stageSnapshot("k", "back");
  for (let round = 0; round < 2; round++) await place.storage.swapIn("anna", "back", "k2");
  expect(await textIn(place, "anna")).toBe("old");
  expect(await textIn(place, ".kept-k2")).toBe("new");
  for (let round = 0; round < 2; round++)
    await place.storage.swapBack("anna", "back", "k2", { stagedTo: "k" });
  expect(await state(place)).toEqual({ live: "new", staged: null, kept: "old" });
  expect((await readdir(place.at())).sort()).toEqual([".kept-k", "anna"]);
  await expect(place.storage.stageSnapshot("none", "x")).rejects.toThrow();
});

test("nothing that is kept is overwritten", async () => {
  await using place = await openPlace({ instance: true });
  await mkdir(place.at(".kept-k", "data"), { recursive: true });
  await writeFile(place.at(".kept-k", "data", "x"), "precious");
  await rejects(place.storage.swapIn("anna", "s", "k"), "FILES_DENIED");
  expect(await state(place)).toEqual({ live: "old", staged: "new", kept: "precious" });
});

test("without anything staged nothing is touched", async () => {
  await using place = await openPlace({ instance: true });
  await expect(place.storage.swapIn("anna", "other", "k")).rejects.toThrow("nothing is staged");
  expect(await textIn(place, "anna")).toBe("old");
});

test.runIf(process.platform !== "win32")("a link in the instance's place is refused", async () => {
  await using place = await openPlace({ instance: false });
  await symlink(place.outside, place.at("anna"));
  await rejects(place.storage.swapIn("anna", "s", "k"), "FILES_DENIED");
  expect(await readdir(path.join(place.outside))).toEqual(["home"]);
});

test("the size of what is kept is told, with what a backup leaves out", async () => {
  await using place = await openArchivePlace();
  await mkdir(place.at(".kept-k", "data", "cache"), { recursive: true });
  await writeFile(place.at(".kept-k", "data", "cache", "x"), "12345");
  await writeFile(place.at(".kept-k", "data", "y"), "12345");
  expect(await place.storage.snapshotSize("k")).toBe(10);
  expect(await place.storage.snapshotSize("none")).toBeNull();
  await place.storage.dropSnapshot("k");
  await place.storage.dropSnapshot("k");
  expect(await place.storage.snapshotSize("k")).toBeNull();
});
