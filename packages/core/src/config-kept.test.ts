import { describe, expect, test } from "vitest";
import { isUndone, withMetaOf } from "./config-kept.ts";

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

describe("a text that comes back", () => {
  const META = { lastTouchedVersion: "2026.9.6" };
  const REWRITTEN = JSON.stringify({ a: 2, meta: META });

  test("has the meta of the file, and every other byte of its own", () => {
    expect(withMetaOf(REWRITTEN, "// mine\r\n{ a: 1, /* last */ }")).toBe(
      `// mine\r\n{ a: 1, "meta": ${JSON.stringify(META)}, /* last */ }`,
    );
  });

  test.each([
    ["it has its own", REWRITTEN, '{ a: 1, meta: { lastTouchedVersion: "2026.9.5" } }'],
    ["the file has none", "{ a: 2 }", "{ a: 1 }"],
    ["the file is broken", "{ a: ", "{ a: 1 }"],
    ["it is broken itself", REWRITTEN, "{ a: "],
  ])("stays as it is when %s", (_, present, text) => {
    expect(withMetaOf(present, text)).toBe(text);
  });
});
