import { chmodSync, chownSync, readdirSync, readlinkSync, renameSync } from "node:fs";
import { chmod, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { NEVER, openArchivePlace } from "../../../../tests/support/archive-place.ts";
import { allIn, makeDeep } from "../../../../tests/support/deep-tree.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { giveToNobody, runAsNobody } from "../../../../tests/support/run-as-nobody.ts";
import { members } from "../walk/walk.ts";

const linux = process.platform === "linux";
const deep = (folders: number) => Array.from({ length: folders }, () => "d");
const FILE = "claw-20261122-081500-1.tar";

describe.runIf(linux)("an instance with folders within folders", () => {
  test.each([
    ["998 of them", deep(998)],
    ["a path of more than 12,000 bytes", Array.from({ length: 50 }, () => "长".repeat(83))],
  ])(
    "is backed up and restored: %s",
    async (_, names) => {
      await using place = await openArchivePlace();
      await place.provision("anna", { "data/a": "1", "logs/z": "2" });
      makeDeep(place.at("anna", "data"), names);
      const before = allIn(place.at("anna"));
      expect(await place.storage.measure("anna", NEVER)).toMatchObject({ bytes: 15, files: 3 });
      await place.backUp(["anna"]);
      await place.archives.unpack({ filename: FILE, from: "anna", staged: "s" }, { signal: NEVER });
      expect(allIn(place.at(".staged-s"))).toEqual(before);
      await place.storage.dropCopy("anna", "c");
      await place.storage.dropStaged("s");
      expect(await readdir(place.at())).toEqual(["anna"]);
    },
    120_000,
  );

  test("is walked with few descriptors", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", {});
    makeDeep(place.at("anna", "data"), deep(300));
    let most = 0;
    for (const { kind } of members(place.at("anna"), new Set()))
      if (kind === "folder") most = Math.max(most, openedBelow(place.home));
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(40);
    expect(openedBelow(place.home)).toBe(0);
  });

  test("too many to be meant is refused by its own path, and nothing is left of the try", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", {});
    makeDeep(place.at("anna", "data"), deep(1_200));
    for (const attempt of [
      () => place.storage.copyOut("anna", "c", { signal: NEVER }),
      () => place.storage.measure("anna", NEVER),
    ]) {
      const { message } = await rejects(attempt(), "FILES_DENIED");
      expect(message).toContain('"instances/anna/data/d/d');
      expect(message).toContain("too many folders");
    }
    expect(await readdir(place.at())).toEqual(["anna"]);
    // A restore keeps whatever was there before.
    await rename(place.at("anna"), place.at(".kept-k"));
    expect(await place.storage.snapshotSize("k")).toBe(13);
    await place.storage.dropSnapshot("k");
    expect(await readdir(place.at())).toEqual([]);
  }, 120_000);

  test("one of which is moved away while the walk is below it ends with its own path", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", {});
    makeDeep(place.at("anna", "data"), ["moved", ...deep(40)]);
    const walk = () => {
      for (const { name } of members(place.at("anna"), new Set())) {
        if (!name.endsWith("/file")) continue;
        const child = place.at("anna", "data", "moved", "d");
        renameSync(child, path.join(place.outside, "elsewhere"));
      }
    };
    expect(walk).toThrow(/instances\/anna\/data\/moved\/d.*cannot be read/);
  });
});

describe.runIf(linux)("what cannot be read is named by the instance's own path:", () => {
  test.each([
    ["a folder", "data/workspace/closed", (at: string) => chmodSync(at, 0)],
    ["a file of somebody else", "data/workspace/secret.txt", (at: string) => lock(at)],
  ])("%s", async (_, name, close) => {
    await using place = await openArchivePlace();
    const files = { "data/workspace/closed/x": "1", "data/workspace/secret.txt": "2" };
    await place.provision("anna", files);
    giveToNobody(place.outside);
    close(place.at("anna", ...name.split("/")));
    const task = { from: place.at("anna"), to: place.at(".copy-c-anna") };
    const refused = runAsNobody("copy", task);
    expect(refused).toMatchObject({ reason: "FILES_DENIED" });
    expect(refused?.message).toContain(`instances/anna/${name} cannot be read: permission denied`);
    expect(refused?.message).not.toContain("/proc/");
    expect(runAsNobody("remove", { folder: task.to })).toBeNull();
    await chmod(place.at("anna", "data", "workspace", "closed"), 0o700);
  });

  test("a link or a file in the place of data, or of all", async () => {
    await using place = await openArchivePlace();
    const elsewhere = path.join(place.outside, "elsewhere");
    await place.provision("anna", { "data/a": "1" });
    for (const [own, name] of [
      [place.at("anna", "data"), "instances/anna/data"],
      [place.at("anna"), "instances/anna"],
    ] as const) {
      await rename(own, elsewhere);
      for (const [put, says] of [
        [() => symlink(elsewhere, own), "is a link"],
        [() => writeFile(own, ""), "is not a folder"],
      ] as const) {
        await put();
        for (const attempt of [
          () => place.storage.copyOut("anna", "c", { signal: NEVER }),
          () => place.storage.measure("anna", NEVER),
        ]) {
          const { message } = await rejects(attempt(), "FILES_DENIED");
          expect(message).toContain(`${name} ${says}`);
        }
        await rm(own);
      }
      await rename(elsewhere, own);
    }
  });
});

/** Descriptors of this process that lead into a folder. */
const openedBelow = (folder: string) =>
  readdirSync("/proc/self/fd").filter((fd) => leadsTo(fd).startsWith(folder)).length;

function leadsTo(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return ""; // the one that read the list
  }
}

/** As root leaves a file in an instance's folder. */
function lock(file: string): void {
  if (process.geteuid?.() === 0) chownSync(file, 0, 0);
  chmodSync(file, process.geteuid?.() === 0 ? 0o600 : 0);
}
