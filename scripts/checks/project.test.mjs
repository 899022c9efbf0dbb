import assert from "node:assert/strict";
import test from "node:test";
import { parseFile } from "./parse.mjs";
import { exportedFile, isTest } from "./project.mjs";
import { roomOf } from "./rooms.mjs";

test("a package's subpaths: exact keys, conditions, one star", () => {
  const manifest = { exports: { ".": { default: "./src/index.ts" }, "./*": "./src/*.ts" } };
  assert.equal(exportedFile(manifest, "."), "./src/index.ts");
  assert.equal(exportedFile(manifest, "./compose/render"), "./src/compose/render.ts");
  assert.equal(exportedFile({}, "."), undefined);
});

test("what is only for tests", () => {
  const tests = ["a/x.test.ts", "a/x.contract.ts", "packages/web/src/testing/setup.ts", "e2e/a.ts"];
  assert.ok(tests.every(isTest));
  assert.ok(!["packages/api/src/testing-ground.ts", "packages/core/src/test-name.ts"].some(isTest));
});

test("rooms of the architecture", () => {
  assert.equal(roomOf("packages/api/src/engine/engine.ts"), "interface:engine");
  assert.equal(roomOf("packages/api/src/engine/docker/images.ts"), "driver:engine/docker");
  assert.equal(roomOf("packages/api/src/services/runtime/observer.ts"), "services");
  assert.equal(roomOf("packages/api/src/config.ts"), "base");
  assert.equal(roomOf("packages/core/src/compose/render.ts"), "core");
});

test("imports of every form", () => {
  const { imports } = parseFile(
    `import d, { a as b, type T } from "x"; import type { U } from "y"; import * as n from "z";
     export { p as q } from "w"; export * from "v"; const l = import("u"); type I = import("t").I;`,
    "x.ts",
  );
  assert.deepEqual(
    imports.map(({ source, kind }) => `${kind} ${source}`),
    ["value x", "type y", "value z", "value w", "value v", "value u", "type t"],
  );
});

test("a file has code when it exports a value of its own", () => {
  for (const text of [
    "export const { k } = n;",
    "export default d;",
    "export class C {}",
    "const a = 1; export { a };",
  ])
    assert.equal(parseFile(text, "x.ts").hasCode, true, text);
  for (const text of [
    "export interface F {}",
    "export type T = 1;",
    `export { p as q } from "w";`,
    `export * from "v";`,
    "const a = 1;",
  ])
    assert.equal(parseFile(text, "x.ts").hasCode, false, text);
});

test("Solid's JSX is read", () => {
  const { imports } = parseFile(
    `import { A } from "./a.tsx"; const x = <A on:x={1}>{<b />}</A>;`,
    "p.tsx",
  );
  assert.equal(imports[0].source, "./a.tsx");
});
