import assert from "node:assert/strict";
import test from "node:test";
import { checkCycles } from "./cycles.mjs";
import { messages, planted } from "./planted.mjs";

test("a circle of three is found once, types included", () => {
  const project = planted({
    "core/src/a.ts": `import { b } from "./b.ts"; export const a = b;`,
    "core/src/b.ts": `import type { C } from "./c.ts"; export const b: C = 1;`,
    "core/src/c.ts": `import { a } from "@claw/core/a"; export type C = typeof a;`,
    "core/src/d.ts": `import { a } from "./a.ts"; export const d = a;`,
  });
  const found = messages(checkCycles(project));
  assert.equal(found.length, 1);
  assert.match(found[0], /a\.ts, .*b\.ts, .*c\.ts/);
});

test("lazy imports and re-exports close a circle", () => {
  const project = planted({
    "web/src/g.ts": `const h = () => import("./h.ts"); export const g = h;`,
    "web/src/h.ts": `export { g } from "./g.ts"; export const h = 1;`,
  });
  assert.equal(messages(checkCycles(project)).length, 1);
});

test("a diamond is no circle", () => {
  const project = planted({
    "core/src/top.ts": `import "./left.ts"; import "./right.ts";`,
    "core/src/left.ts": `import "./base.ts";`,
    "core/src/right.ts": `import "./base.ts";`,
    "core/src/base.ts": "",
  });
  assert.deepEqual(checkCycles(project), []);
});
