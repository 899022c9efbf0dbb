import { mkdtemp, realpath, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { configChanges } from "./config-changes.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(await realpath(tmpdir()), "claw-watch-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a configuration that is replaced by a rename is told, another file is not", async () => {
  const ends = new AbortController();
  const changes = configChanges(folder, ends.signal);
  const first = changes.next();
  await writeFile(path.join(folder, "other"), "");
  await writeFile(path.join(folder, "openclaw.json.new"), "{}");
  await first;
  await rename(path.join(folder, "openclaw.json.new"), path.join(folder, "openclaw.json"));
  expect((await changes.next()).done).toBe(false);
  ends.abort();
  while (!(await changes.next()).done);
});

test("a folder that is not there is an error", async () => {
  const changes = configChanges(path.join(folder, "gone"), new AbortController().signal);
  await expect(changes.next()).rejects.toThrow(/ENOENT/);
});
