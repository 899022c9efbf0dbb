import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyObject, anySeed, drawFrom, textOf, writeDocument } from "./json5.fixture.ts";
import { parseJson5Object } from "./json5-edit.ts";
import { withoutMembers, withoutValue } from "./json5-remove.ts";

describe("withoutValue", () => {
  test.each([
    ["the only one", "{a: 1}", "{}"],
    ["the first", "{a: 1, b: 2}", "{ b: 2}"],
    ["the last, whose comma may stay", "{b: 2, a: 1}", "{b: 2, }"],
    ["a line of its own", "{\n  // one\n  a: 1,\n  b: 2,\n}", "{\n  // one\n  b: 2,\n}"],
    ["many lines", "{\r\n\ta: [\r\n\t1],\r\n\tb: 2}", "{\r\n\tb: 2}"],
    ["beside a comment, which stays", "{\n  a: 1, // one\n}", "{\n   // one\n}"],
    ["before a comment and a comma", "{a: 1 /* x */, b: 2}", "{ /* x */ b: 2}"],
    ["each of equal keys", "{a: 1, 'a': 2, \\u0061: 3}", "{  }"],
  ])("removes %s", (_, before, after) => {
    expect(withoutValue(before, ["a"])).toBe(after);
    expect(parseJson5Object(after)).not.toHaveProperty("a");
  });

  test("reaches into objects, and leaves a text alone that has no such value", () => {
    expect(withoutValue("{a: {b: {c: 1, d: 2}}}", ["a", "b", "c"])).toBe("{a: {b: { d: 2}}}");
    expect(withoutValue("{a: {b: 1}, c: [1]}", ["a", "x"])).toBe("{a: {b: 1}, c: [1]}");
  });

  test("takes exactly one value from any text", () => {
    fc.assert(
      fc.property(anyObject, anySeed, (object, seed) => {
        const text = textOf(writeDocument(drawFrom(seed), object));
        const key = Object.keys(object)[0];
        fc.pre(key !== undefined && key !== "*");
        const { [key]: _, ...rest } = object;
        expect(parseJson5Object(withoutValue(text, [key]))).toEqual(rest);
      }),
    );
  });
});

test("members of lists have no key of their own", () => {
  const text = "{a: [{t: 1}, {t: 2, u: 3}]}";
  const { text: rest, removed } = withoutMembers(text, ({ path }) => path.join(".") === "a.*.t");
  expect(rest).toBe("{a: [{}, { u: 3}]}");
  expect(removed).toEqual([
    ["a", "*", "t"],
    ["a", "*", "t"],
  ]);
});
