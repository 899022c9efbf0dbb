import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";
import { packageBin } from "../lib/package-bin.mjs";
import { ROOT } from "../lib/paths.mjs";

/** Every task with the packages whose changes rerun it. */
function tasks() {
  const args = ["run", "build", "lint", "typecheck", "test", "--dry=json"];
  const text = execFileSync(process.execPath, [packageBin("turbo"), ...args], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 * 1024 ** 2,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const byId = new Map(JSON.parse(text).tasks.map((task) => [task.taskId, task]));
  const packagesOf = ({ package: own, dependencies }) =>
    new Set([own, ...dependencies.flatMap((id) => [...packagesOf(byId.get(id))])]);
  return new Map([...byId].map(([id, task]) => [id, [...packagesOf(task)].sort()]));
}

test("a package's checks run again when it or what it imports has changed, and only then", () => {
  const found = tasks();
  assert.deepEqual(found.get("@claw/core#typecheck"), ["@claw/core"]);
  assert.deepEqual(found.get("@claw/core#test"), ["@claw/core"]);
  assert.deepEqual(found.get("@claw/api#typecheck"), ["@claw/api", "@claw/core"]);
  assert.deepEqual(found.get("@claw/api#build"), ["@claw/api", "@claw/core"]);
  assert.deepEqual(found.get("@claw/web#test"), ["@claw/api", "@claw/core", "@claw/web"]);
  assert.deepEqual(found.get("@claw/web#lint"), ["@claw/web"]);
});
