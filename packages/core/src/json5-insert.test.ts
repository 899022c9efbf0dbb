import { describe, expect, test } from "vitest";
import { parseJson5Object } from "./json5-edit.ts";
import { withMember } from "./json5-insert.ts";
import { valueAt } from "./openclaw-config.ts";

describe("a new member", () => {
  test.each([
    ["{\n  a: 1, // one\n  // end\n}", ["b"], "{\n  a: 1, // one\n  b: 2,\n  // end\n}"],
    ["{\n  a: 1 // one\n}\n", ["b"], "{\n  a: 1, // one\n  b: 2\n}\n"],
    ["{\n  a: 1 /* x\n y */\n}\n", ["b"], "{\n  a: 1, /* x\n y */\n  b: 2\n}\n"],
    ["{\n  a: 1}", ["b"], "{\n  a: 1,\n  b: 2}"],
    ['{\r\n\t"a": 1\r\n}', ["b"], '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}'],
    [
      "{\n  a: {\n    x: 1,\n  },\n}",
      ["a", "b", "c-d"],
      '{\n  a: {\n    x: 1,\n    b: {\n      "c-d": 2,\n    },\n  },\n}',
    ],
    ["{\n  a: {},\n}", ["a", "b"], "{\n  a: {\n    b: 2,\n  },\n}"],
    ["{\n  a: {\n    // 空\n  },\n}", ["a", "b"], "{\n  a: {\n    // 空\n    b: 2,\n  },\n}"],
    ["{a: 1, /* one */}", ["b"], '{a: 1, "b": 2, /* one */}'],
    ["{\n  a: { x: 1 }, // one\n}", ["a", "b"], '{\n  a: { x: 1, "b": 2 }, // one\n}'],
    ["{ // 空\n}", ["b"], "{ // 空\n  b: 2,\n}"],
    ["{ /* 空 */ }", ["b"], '{"b": 2 /* 空 */ }'],
  ])("of %j at %j", (text, path, expected) => {
    const edited = withMember(text, path, 2);
    expect(edited).toBe(expected);
    expect(valueAt(parseJson5Object(edited), path)).toBe(2);
  });
});

test("an existing value is replaced, and nothing else", () => {
  expect(withMember("{\n  a: 'x', // one\n}", ["a"], "y")).toBe('{\n  a: "y", // one\n}');
  expect(withMember("{\n  a: [1], // one\n}", ["a", "b"], 2)).toBe('{\n  a: {"b":2}, // one\n}');
});
