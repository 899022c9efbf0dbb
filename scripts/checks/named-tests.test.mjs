import assert from "node:assert/strict";
import test from "node:test";
import { checkNamedTests, testsOf } from "./named-tests.mjs";
import { planted } from "./planted.mjs";

const tests = new Map([
  [
    "packages/api/src/a.test.ts",
    'describe("a thing", () => test("works, and says so", () => {}));',
  ],
  [
    "packages/api/src/deep/b.test.ts",
    'test.each(ALL)("%s of a backup, %s: nothing is left", act);',
  ],
  ["packages/api/src/deep/o.test.ts", 'test("one of many", () => join(`o${n}`));'],
  ["packages/api/src/deep/c.contract.ts", 'test(`the ${"first"} of all is \\"quoted\\"`, act);'],
]);
const broken = (text) =>
  checkNamedTests(new Map([["docs/x.md", text]]), tests).map(
    ({ line, message }) => `${line} ${message}`,
  );

test("a test that is named by its file and title, or a part of it, is there", () => {
  const text = `# "Words" of no test

- \`packages/api/src/a.test.ts\`: "works, and
  says so"
  - "a thing"
- \`deep/b.test.ts\`: "cancelled", "of a backup, rolling", "nothing is left"

All in \`packages/api/src/deep\`:

- \`b.test.ts\`, and tests that end in \`.docker.test.ts\`
`;
  assert.deepEqual(broken(text), ['6 packages/api/src/deep/b.test.ts has no test "cancelled"']);
});

test("a template that is no title proves no sentence that begins with its letter", () => {
  assert.deepEqual(broken('- `o.test.ts`: "of all is nothing left"'), [
    '1 packages/api/src/deep/o.test.ts has no test "of all is nothing left"',
  ]);
});

test("a file that is not there is found, and a title that is none, with its line", () => {
  const text = `- \`packages/api/src/z.test.ts\`: "whatever"
- \`packages/api/src/a.test.ts\`:
  - "works, and hides it"
- \`packages/api/tests/soak/z.soak.ts\`
`;
  assert.deepEqual(broken(text), [
    "1 there is no test file packages/api/src/z.test.ts",
    '3 packages/api/src/a.test.ts has no test "works, and hides it"',
    "4 there is no test file packages/api/tests/soak/z.soak.ts",
  ]);
});

test("in a table the same file is meant until another is named, and not after the table", () => {
  const text = `| a | \`packages/api/src/a.test.ts\`: "a thing" |
| b | same: "nothing is left" |

"nothing is left"
`;
  assert.deepEqual(broken(text), ['2 packages/api/src/a.test.ts has no test "nothing is left"']);
});

test("the tests of a project are its test files and contract suites", () => {
  const project = planted({
    "api/src/a.ts": "",
    "api/src/a.test.ts": "",
    "api/src/b.contract.ts": "",
  });
  assert.deepEqual(
    [...testsOf(project).keys()],
    ["packages/api/src/a.test.ts", "packages/api/src/b.contract.ts"],
  );
});
