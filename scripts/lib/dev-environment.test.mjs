import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { devEnvironment } from "./dev-environment.mjs";

let cache;
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), "claw-dev-"));
});
afterEach(() => rmSync(cache, { recursive: true }));

test("the memory engine has a home that `npm start` does not use", () => {
  const { CLAW_ENGINE, CLAW_HOME } = devEnvironment({ CLAW_HOME: "" }, { cache });
  assert.equal(CLAW_ENGINE, "memory");
  assert.equal(CLAW_HOME, path.join(cache, "dev-home"));
  assert.ok(statSync(CLAW_HOME).isDirectory());
});

test("what is given stays", () => {
  const given = { CLAW_ENGINE: "memory", CLAW_HOME: "/mine", CLAW_ADMIN_PASSWORD: "my own" };
  assert.deepEqual(devEnvironment(given, { cache }), given);
});

test("Docker has the home of `npm start`, and no password that everybody knows", () => {
  const given = { CLAW_ENGINE: "docker" };
  assert.deepEqual(devEnvironment(given, { cache }), given);
});
