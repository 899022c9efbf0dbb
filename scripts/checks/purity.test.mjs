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
];
for (const text of IMPURE) {
  test(`core: found ${text}`, () => assert.equal(check("core/src/x.ts", text).length, 1));
}

const PURE = [
  "export const at = (text: string) => Date.parse(text);",
  "export const at = (ms: number) => new Date(ms).toISOString();",
];
for (const text of PURE) {
  test(`core: allowed ${text}`, () => assert.deepEqual(check("core/src/x.ts", text), []));
}
