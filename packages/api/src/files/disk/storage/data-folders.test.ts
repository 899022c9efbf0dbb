import { chown, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { homeOfTest } from "../../../../tests/support/test-app.ts";
import { dataFolders } from "./data-folders.ts";

async function setUp(owner: { uid: number; gid: number } | null = null) {
  const home = await homeOfTest();
  const data = path.join(home, "anna/data");
  await mkdir(data, { recursive: true });
  return { data, folders: dataFolders((id) => path.join(home, id), owner) };
}

test("a folder is told from another in its place, also from one with the same in it", async () => {
  const { data, folders } = await setUp();
  const before = await folders.dataFolder("anna");
  await writeFile(path.join(data, "openclaw.json"), "{}");
  expect(await folders.dataFolder("anna")).toBe(before);
  await rename(data, `${data}.away`);
  expect(await folders.dataFolder("anna")).toBeNull();
  await mkdir(data);
  expect(await folders.dataFolder("anna")).not.toBe(before);
});

describe("a mark", () => {
  test("is there during the look only, whatever becomes of it", async () => {
    const { data, folders } = await setUp();
    const seen = await folders.withMark("anna", async (name) => [name, await readdir(data)]);
    expect(seen[1]).toEqual([seen[0]]);
    await expect(folders.withMark("anna", () => Promise.reject(new Error("no")))).rejects.toThrow(
      "no",
    );
    expect(await readdir(data)).toEqual([]);
  });

  test("cannot be made where there is no folder", async () => {
    const { data, folders } = await setUp();
    await rm(data, { recursive: true });
    expect(await folders.withMark("anna", async () => "looked")).toBe("no folder");
  });
});

test.runIf(process.getuid?.() === 0)(
  "a folder that Docker made as root gets its owner",
  async () => {
    const { data, folders } = await setUp({ uid: 1000, gid: 1000 });
    const logs = path.join(path.dirname(data), "logs");
    await mkdir(logs);
    await chown(data, 1234, 1234);
    await folders.ownFolders("anna");
    expect((await stat(logs)).uid).toBe(1000);
    // An administrator's choice.
    expect((await stat(data)).uid).toBe(1234);
  },
);
