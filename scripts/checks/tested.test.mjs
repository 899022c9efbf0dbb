import assert from "node:assert/strict";
import test from "node:test";
import { planted } from "./planted.mjs";
import { checkTested } from "./tested.mjs";

const CODE = "export const x = 1;";
const untested = (sources) => checkTested(planted(sources)).map(({ file }) => file);

test("code in core and services without a test is found", () => {
  const sources = { "core/src/a.ts": CODE, "api/src/services/b.ts": CODE, "api/src/app.ts": CODE };
  assert.deepEqual(untested(sources), ["packages/core/src/a.ts", "packages/api/src/services/b.ts"]);
});

test("a test beside, one in tests/ by name, one that imports it; types need none", () => {
  const sources = {
    "core/src/a.ts": CODE,
    "core/src/a.test.ts": "",
    "api/src/services/b.ts": CODE,
    "api/tests/b.docker.test.ts": "",
    "api/src/services/c.ts": CODE,
    "api/tests/flow.test.ts": `import { x } from "../src/services/c.ts";`,
    "core/src/types.ts": "export interface T { a: 1 }",
  };
  assert.deepEqual(untested(sources), []);
});
