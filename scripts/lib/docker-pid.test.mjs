import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { isStalePid, pidIn, removeStalePids } from "./docker-pid.mjs";

test("a pid file holds one number or nothing of use", () => {
  assert.equal(pidIn("2326\n"), 2326);
  assert.equal(pidIn("2326"), 2326);
  assert.equal(pidIn(""), undefined);
  assert.equal(pidIn("12 13"), undefined);
});

test("stale: nonsense, no such process, or another program under that number", () => {
  assert.equal(isStalePid("", undefined, "dockerd"), true);
  assert.equal(isStalePid("7", undefined, "dockerd"), true);
  assert.equal(isStalePid("7", "/usr/bin/node", "dockerd"), true);
  assert.equal(isStalePid("7", "not-dockerd", "dockerd"), true);
  assert.equal(isStalePid("7", "/usr/sbin/dockerd", "dockerd"), false);
  assert.equal(isStalePid("7", "dockerd", "dockerd"), false);
});

test("only stale files are removed, missing ones are no matter", async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "pid-"));
  t.after(() => rm(folder, { recursive: true }));
  const [live, stale, missing] = ["live", "stale", "missing"].map((n) => path.join(folder, n));
  await writeFile(live, "10");
  await writeFile(stale, "11");
  const programs = { 10: "/usr/sbin/dockerd", 11: "/usr/bin/sleep" };
  const files = { [live]: "dockerd", [stale]: "dockerd", [missing]: "dockerd" };
  assert.deepEqual(await removeStalePids(files, async (pid) => programs[pid]), [stale]);
  assert.ok(existsSync(live) && !existsSync(stale));
});
