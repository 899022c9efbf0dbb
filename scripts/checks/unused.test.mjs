import assert from "node:assert/strict";
import test from "node:test";
import { messages, planted } from "./planted.mjs";
import { checkUnusedExports, checkUnusedFiles } from "./unused.mjs";

test("an export that nobody imports is found", () => {
  const project = planted({
    "api/src/main.ts": `import { used } from "./a.ts"; used();`,
    "api/src/a.ts":
      "export const used = 1; export function spare() {} export type Lonely = 1; export type Own = 2; export const own: Own = 2;",
    "api/src/a.test.ts": `import { own } from "./a.ts";`,
  });
  assert.deepEqual(messages(checkUnusedExports(project)), [
    "nobody imports spare",
    "nobody imports Lonely",
  ]);
});

test("namespaces, lazy imports and re-exports count as use", () => {
  const project = planted({
    "api/src/main.ts": `import * as a from "./a.ts"; const b = () => import("./b.ts"); export { c } from "./c.ts";`,
    "api/src/a.ts": "export const x = 1;",
    "api/src/b.ts": "export const y = 1;",
    "api/src/c.ts": "export const c = 1;",
  });
  assert.deepEqual(checkUnusedExports(project), []);
});

test("a file that only a test reaches is not in use", () => {
  const project = planted({
    "api/src/main.ts": `import "./a.ts";`,
    "api/src/a.ts": "",
    "api/src/dead.ts": "export const x = 1;",
    "api/src/dead.test.ts": `import { x } from "./dead.ts";`,
  });
  assert.deepEqual(
    checkUnusedFiles(project).map(({ file }) => file),
    ["packages/api/src/dead.ts"],
  );
});
