import assert from "node:assert/strict";
import test from "node:test";
import { planted } from "./planted.mjs";
import { checkNames, sizes } from "./shape.mjs";

const lines = (count) => "\n".repeat(count);

test("names that say nothing", () => {
  const bad = ["core/src/utils.ts", "core/src/log-helpers.ts", "api/src/common/x.ts"];
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
