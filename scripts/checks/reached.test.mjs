import assert from "node:assert/strict";
import test from "node:test";
import { planted } from "./planted.mjs";
import { checkReached } from "./reached.mjs";

test("a file of core that only tests and files like it reach is not in use", () => {
  const project = planted({
    "api/src/main.ts": `import { a } from "@claw/core/a"; a();`,
    "core/src/a.ts": `import { b } from "./b.ts"; export const a = b;`,
    "core/src/b.ts": "export const b = () => undefined;",
    "core/src/dead.ts": `import { below } from "./below.ts"; export const dead = below;`,
    "core/src/below.ts": "export const below = 1;",
    "core/src/dead.test.ts": `import { dead } from "./dead.ts"; dead;`,
  });
  assert.deepEqual(
    checkReached(project).map(({ file }) => file),
    ["packages/core/src/dead.ts", "packages/core/src/below.ts"],
  );
});
