import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { folderIdentity } from "./folder-identity.ts";

const BEFORE = { dev: 7n, ino: 42n, birthtimeNs: 1n };

test("a folder that got a freed inode number is another", () => {
  expect(folderIdentity({ ...BEFORE, birthtimeNs: 2n }, "linux")).not.toBe(
    folderIdentity(BEFORE, "linux"),
  );
});

test("on Windows a folder stays the same whatever its file system says of its birth", () => {
  expect(folderIdentity({ ...BEFORE, birthtimeNs: 2n }, "win32")).toBe(
    folderIdentity(BEFORE, "win32"),
  );
  expect(folderIdentity({ ...BEFORE, ino: 43n }, "win32")).not.toBe(
    folderIdentity(BEFORE, "win32"),
  );
});

test("a folder stays the same while files come and go in it", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "claw-identity-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const before = folderIdentity(await stat(folder, { bigint: true }));
  await writeFile(path.join(folder, "a"), "");
  expect(folderIdentity(await stat(folder, { bigint: true }))).toBe(before);
});
