import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { isAlive, openRunFolder, removeFolders } from "./run-folder.mjs";

test("runs that have ended are told from runs that go on", async (t) => {
  const base = await mkdtemp(path.join(os.tmpdir(), "runs-"));
  t.after(() => rm(base, { recursive: true }));
  for (const name of ["11", "12", "rest"]) await mkdir(path.join(base, name));
  const alive = (pid) => pid === 12;
  const { own, over, alone } = await openRunFolder({ base, pid: 13, alive });
  assert.equal(own, path.join(base, "13"));
  assert.ok(existsSync(own));
  assert.deepEqual(over, [path.join(base, "11"), path.join(base, "rest")]);
  assert.equal(alone, false);
  await removeFolders(over);
  assert.ok(!existsSync(over[0]));
});

test("this process is alive", () => {
  assert.equal(isAlive(process.pid), true);
});
