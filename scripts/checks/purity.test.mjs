import assert from "node:assert/strict";
import test from "node:test";
import { messages, planted } from "./planted.mjs";
import { checkPurity } from "./purity.mjs";

const check = (name, text) => messages(checkPurity(planted({ [name]: text })));

const IMPURE = [
  "export const now = Date.now();",
  "export const now = new Date();",
  "export const now = Date();",
  "export const dice = Math.random();",
  "export const home = process.env.HOME;",
  "export const wait = () => setTimeout(() => {}, 1);",
  "export const get = () => fetch('x');",
  "export const id = () => crypto.randomUUID();",
  `import { randomBytes } from "node:crypto"; export const id = randomBytes;`,
  "export const t = performance.now();",
  "export const say = () => console.log(1);",
];
for (const text of IMPURE) {
  test(`core: found ${text}`, () => assert.equal(check("core/src/x.ts", text).length, 1));
}

const PURE = [
  "export const at = (text: string) => Date.parse(text);",
  "export const at = (ms: number) => new Date(ms).toISOString();",
  `import { createHash } from "node:crypto"; export const h = createHash;`,
  "export const f = (process: { env: 1 }) => process;",
  "export const f = (job: { process: number }) => job.process;",
  "export const f = { fetch: 1 };",
  "export interface Clock { performance: number }",
];
for (const text of PURE) {
  test(`core: allowed ${text}`, () => assert.deepEqual(check("core/src/x.ts", text), []));
}

test("process.env is read in the API's config only", () => {
  const text = "export const port = process.env.CLAW_PORT;";
  assert.equal(check("api/src/services/x.ts", text).length, 1);
  assert.equal(check("api/src/engine/docker/x.ts", text).length, 1);
  assert.deepEqual(check("api/src/config.ts", text), []);
  assert.deepEqual(check("api/src/services/x.test.ts", text), []);
});
