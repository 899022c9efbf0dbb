import assert from "node:assert/strict";
import test from "node:test";
import { planted } from "./planted.mjs";
import { checkNames, checkSize, sizes } from "./shape.mjs";

const lines = (count) => "\n".repeat(count);

test("a source file of 301 lines and a component of 151 are too long", () => {
  const project = planted({
    "core/src/long.ts": lines(301),
    "core/src/fits.ts": lines(300),
    "web/src/long.tsx": lines(151),
    "web/src/fits.tsx": lines(150),
    "core/src/long.test.ts": lines(900),
  });
  assert.deepEqual(
    checkSize(project).map(({ file }) => file),
    ["packages/core/src/long.ts", "packages/web/src/long.tsx"],
  );
});

test("names that say nothing, and names that are not kebab-case", () => {
  const bad = [
    "core/src/utils.ts",
    "core/src/log-helpers.ts",
    "api/src/common/x.ts",
    "web/src/Page.tsx",
  ];
  const good = ["core/src/log-line.ts", "core/src/commoner.ts", "web/src/page.test.tsx"];
  const project = planted(Object.fromEntries([...bad, ...good].map((name) => [name, ""])));
  assert.deepEqual(
    checkNames(project).map(({ file }) => file),
    bad.map((name) => `packages/${name}`),
  );
});

test("median, ninth decile and longest", () => {
  const texts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => [`core/src/f${n}.ts`, lines(n)]);
  assert.deepEqual(sizes(planted(Object.fromEntries(texts))), {
    files: 10,
    p50: 6,
    p90: 10,
    max: 10,
  });
});
