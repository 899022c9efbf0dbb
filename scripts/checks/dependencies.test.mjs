import assert from "node:assert/strict";
import test from "node:test";
import { checkDependencies, packageOf } from "./dependencies.mjs";
import { messages } from "./planted.mjs";

test("the package of an import", () => {
  assert.equal(packageOf("@scope/name/sub"), "@scope/name");
  assert.equal(packageOf("yaml/util"), "yaml");
  assert.equal(packageOf("./x.ts"), undefined);
  assert.equal(packageOf("node:fs"), undefined);
  assert.equal(packageOf("fs/promises"), undefined);
});

const workspace = (fields) => ({
  folder: "packages/x",
  manifest: { name: "@claw/x", dependencies: {}, devDependencies: {} },
  sources: [],
  texts: [],
  ...fields,
});
const imports = (...sources) => [
  { name: "packages/x/src/a.ts", imports: sources.map((source) => ({ source, line: 3 })) },
];

test("declared and not used, used and not declared", () => {
  const found = checkDependencies([
    workspace({
      manifest: { name: "@claw/x", dependencies: { spare: "1", zod: "1" } },
      sources: imports("zod", "hidden/sub", "@claw/x/own", "node:fs"),
    }),
  ]);
  assert.deepEqual(messages(found), [
    "spare is not used",
    "hidden is not in packages/x/package.json",
  ]);
  assert.deepEqual([found[1].file, found[1].line], ["packages/x/src/a.ts", 3]);
});

test("types go with their package; a config or script may name a package", () => {
  const manifest = {
    name: "@claw/x",
    devDependencies: { "@types/ws": "1", ws: "1", jsdom: "1", "@types/node": "1" },
  };
  const texts = ['environment: "jsdom"', '"types": ["node"]'];
  assert.deepEqual(checkDependencies([workspace({ manifest, sources: imports("ws"), texts })]), []);
});
