import { expect, test } from "vitest";
import { isUndone } from "./config-kept.ts";

const BEFORE = `{ meta: { at: 1 }, gateway: { mode: "local", port: 1 }, agents: { a: 1, b: 2 } }`;
const SAVED = `{ /* mine */ gateway: { mode: "local", port: 1 }, agents: { a: 7 } }`;

test.each([
  ["the same text", SAVED],
  ["the file as OpenClaw writes it", `{"gateway":{"mode":"local","port":1},"agents":{"a":7}}`],
  [
    "with what OpenClaw adds",
    `{"meta":{"at":2},"gateway":{"mode":"local","port":1},"agents":{"a":7},"plugins":{}}`,
  ],
])("a save is kept: %s", (_, now) => {
  expect(isUndone(BEFORE, SAVED, now)).toBe(false);
});

test.each([
  ["the text before it", BEFORE],
  ["another value", `{ gateway: { mode: "local", port: 1 }, agents: { a: 1 } }`],
  ["a part is gone", `{ gateway: { mode: "local", port: 1 } }`],
  [
    "what was left out is there again",
    `{ gateway: { mode: "local", port: 1 }, agents: { a: 7, b: 2 } }`,
  ],
  ["no configuration at all", "{"],
])("a save is undone: %s", (_, now) => {
  expect(isUndone(BEFORE, SAVED, now)).toBe(true);
});
