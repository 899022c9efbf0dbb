import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flushFolder } from "./flush-folder.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "claw-flush-"));
  await mkdir(path.join(folder, "data"));
  for (let n = 0; n < 65; n++) await writeFile(path.join(folder, "data", `${n}.txt`), "text");
});
afterAll(() => rm(folder, { recursive: true }));

test("few files are flushed one by one", () => {
  expect(flushFolder(folder, 64)).toBe("files");
});

test.runIf(process.platform === "linux")("many files are flushed with their disk", () => {
  expect(flushFolder(folder, 65)).toBe("disk");
});

test.each([
  ["exceeds its time", [process.execPath, "-e", "setInterval(() => {}, 1000)", "--"]],
  ["fails", [process.execPath, "-e", "process.exitCode = 1", "--"]],
  ["is missing", ["/nowhere/sync"]],
] satisfies [
  string,
  [string, ...string[]],
][])("a flush of the disk that %s leaves the files to be flushed one by one", (_, command) => {
  expect(flushFolder(folder, 65, { command, withinMs: 200 })).toBe("files");
});
