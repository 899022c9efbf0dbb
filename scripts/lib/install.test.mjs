import assert from "node:assert/strict";
import test from "node:test";
import { lockKey, npmArguments } from "./install.mjs";

test("the stamp changes with the lockfile and the platform, not with line ends", () => {
  const key = lockKey("{\n}\n", "linux", "x64");
  assert.equal(lockKey("{\r\n}\r\n", "linux", "x64"), key);
  assert.notEqual(lockKey("{ }\n", "linux", "x64"), key);
  assert.notEqual(lockKey("{\n}\n", "win32", "x64"), key);
  assert.notEqual(lockKey("{\n}\n", "linux", "arm64"), key);
});

test("npm ci without scripts, except where Windows holds the running node.exe", () => {
  assert.equal(npmArguments("linux", true)[0], "ci");
  assert.equal(npmArguments("win32", false)[0], "ci");
  assert.equal(npmArguments("win32", true)[0], "install");
  assert.ok(npmArguments("linux", false).includes("--ignore-scripts"));
});
