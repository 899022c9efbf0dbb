import assert from "node:assert/strict";
import test from "node:test";
import { checkLockFile } from "./lock-file.mjs";
import { messages } from "./planted.mjs";

const lock = (packages) => ({ packages: { "": {}, ...packages } });
const tool = { optionalDependencies: { "tool-linux": "1", "tool-windows": "1" } };

test("a package whose binary of another platform is not in the lock file", () => {
  const found = checkLockFile(
    lock({ "node_modules/tool": tool, "node_modules/tool-linux": { os: ["linux"] } }),
  );
  assert.deepEqual(messages(found), [
    "tool-windows, which node_modules/tool needs on its platform, is missing",
  ]);
});

test("a binary may lie inside its package, inside the one around it, or at the root", () => {
  const nested = "node_modules/outer/node_modules/tool";
  const found = checkLockFile(
    lock({
      [nested]: tool,
      [`${nested}/node_modules/tool-linux`]: {},
      "node_modules/outer/node_modules/tool-windows": {},
    }),
  );
  assert.deepEqual(found, []);
});

test("a binary inside another package is no help", () => {
  const found = checkLockFile(
    lock({
      "node_modules/tool": { optionalDependencies: { "tool-linux": "1" } },
      "node_modules/other/node_modules/tool-linux": {},
    }),
  );
  assert.equal(found.length, 1);
});

test("the address of a registry", () => {
  const found = checkLockFile(lock({ "node_modules/a": { resolved: "https://r.example/a.tgz" } }));
  assert.deepEqual(messages(found), ["node_modules/a names the address of a registry"]);
  assert.deepEqual(
    checkLockFile(lock({ "node_modules/@claw/api": { resolved: "packages/api" } })),
    [],
  );
});
