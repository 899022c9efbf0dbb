import { chmodSync, chownSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { openArchivePlace } from "../../../../tests/support/archive-place.ts";
import { makeDeep } from "../../../../tests/support/deep-tree.ts";
import { giveToNobody, runAsNobody } from "../../../../tests/support/run-as-nobody.ts";
import { removeTree } from "./remove-tree.ts";

const asRoot = process.geteuid?.() === 0;

describe.runIf(process.platform === "linux")("a folder is removed", () => {
  test.each([
    ["1,500 deep", Array.from({ length: 1_500 }, () => "deep")],
    ["with 30 names of 240 characters", Array.from({ length: 30 }, () => "x".repeat(240))],
  ])(
    "%s",
    async (_, names) => {
      await using place = await openArchivePlace();
      await place.provision("anna", { "data/a": "1" });
      makeDeep(place.at("anna", "data"), names);
      removeTree({ folder: place.at("anna") });
      removeTree({ folder: place.at("anna") });
      expect(await readdir(place.at())).toEqual([]);
    },
    120_000,
  );

  test("with names that are not text, and what lies behind its links stays", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", {});
    await writeFile(path.join(place.outside, "precious"), "precious");
    await symlink(place.outside, place.at("anna", "data", "link"));
    const odd = Buffer.concat([Buffer.from(`${place.at("anna", "data")}/`), Buffer.from([0xff])]);
    await mkdir(odd);
    await writeFile(Buffer.concat([odd, Buffer.from([0x2f, 0xfe])]), "x");
    removeTree({ folder: place.at("anna") });
    expect(await readdir(place.at())).toEqual([]);
    expect(await readFile(path.join(place.outside, "precious"), "utf8")).toBe("precious");
  });

  test("by its owner, whatever its modes are", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/a/b/c": "1", "data/d/e": "2" });
    giveToNobody(place.outside);
    chmodSync(place.at("anna", "data", "a", "b"), 0);
    chmodSync(place.at("anna", "data", "a"), 0o300);
    chmodSync(place.at("anna", "data", "d"), 0o555);
    expect(runAsNobody("remove", { folder: place.at("anna") })).toBeNull();
    expect(await readdir(place.at())).toEqual([]);
  });

  test.runIf(asRoot)("but for what it may not, which is told with how much it is", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/a/b": "1", "data/root/c": "2", "data/root/d": "3" });
    giveToNobody(place.outside);
    chownSync(place.at("anna", "data", "root"), 0, 0);
    const refused = runAsNobody("remove", { folder: place.at("anna") });
    expect(refused?.reason).toBe("FILES_DENIED");
    expect(refused?.message).toMatch(
      /^instances\/anna\/data\/root\/[cd] cannot be removed: permission denied .* 1 more/,
    );
    expect(existsSync(place.at("anna", "data", "a"))).toBe(false);
    chownSync(place.at("anna", "data", "root"), 65_534, 65_534);
    expect(runAsNobody("remove", { folder: place.at("anna") })).toBeNull();
  });
});

test("a folder of more files than are read at once is removed", async () => {
  await using place = await openArchivePlace();
  await place.provision("anna", {});
  for (let n = 0; n < 3_000; n++) writeFileSync(place.at("anna", "data", `${n}`), "");
  removeTree({ folder: place.at("anna") });
  expect(readdirSync(place.at())).toEqual([]);
});
