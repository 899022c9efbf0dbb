import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DomainError } from "./errors.ts";
import {
  anyObject,
  anySeed,
  blank,
  drawFrom,
  Pieces,
  textOf,
  writeDocument,
  writeJson5,
} from "./json5.fixture.ts";
import { applyEdits, findArray, parseJson5Object, withItems, withValue } from "./json5-edit.ts";

/** json5 logs a warning about line separators in strings to the console. */
beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

function issueOf(text: string) {
  try {
    parseJson5Object(text);
  } catch (error) {
    if (error instanceof DomainError) return { reason: error.reason, ...error.issues?.[0] };
    throw error;
  }
  return null;
}

/** Line and column of an offset, counted one character at a time, as an editor does. */
function placeOf(text: string, offset: number) {
  let line = 1;
  let column = 1;
  for (let i = 0; i < offset; i++) {
    const ends = text[i] === "\n" || (text[i] === "\r" && text[i + 1] !== "\n");
    line += ends ? 1 : 0;
    column = ends ? 1 : column + 1;
  }
  return { line, column };
}

describe("parseJson5Object", () => {
  test("reads comments, trailing commas, single quotes and bare names", () => {
    expect(parseJson5Object("// c\n{a: 'x', /* c */ \"b\": [1, +.5, 0x10,], }")).toEqual({
      a: "x",
      b: [1, 0.5, 16],
    });
  });

  test("reads back whatever was written, however it was written", () => {
    fc.assert(
      fc.property(anySeed, anyObject, (seed, value) => {
        expect(parseJson5Object(textOf(writeDocument(drawFrom(seed), value)))).toEqual(value);
      }),
    );
  });

  test("takes __proto__ for a key like any other", () => {
    const value = parseJson5Object('{"__proto__": {polluted: true}, a: {__proto__: null}}');
    expect(Object.keys(value)).toEqual(["__proto__", "a"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test.each([
    "[]",
    "null",
    '"text"',
    "42",
    "true",
    "NaN",
  ])("refuses %s, which is no object", (text) => {
    expect(issueOf(`// note\n  ${text}`)).toEqual({
      reason: "CONFIG_INVALID",
      line: 2,
      column: 3,
      path: "",
      message: "The configuration must be an object: { … }.",
    });
  });

  test.each([
    ["nothing at all", "", 1, 1],
    ["only a comment", "// x", 1, 5],
    ["a wrong first character", "@abc", 1, 1],
    ["a wrong character in the first line", "{a: @}", 1, 5],
    ["an end too early", "{a: ", 1, 5],
    ["an end too early after a line break", "{a: 1\n", 2, 1],
    ["something after the end", "{}\n{}", 2, 1],
    ["\\n", "{\n  a: 1,\n  b: @\n}", 3, 6],
    ["\\r\\n", "{\r\n  a: 1,\r\n  b: @\r\n}", 3, 6],
    ["\\r alone", "{\r  a: 1,\r  b: @\r}", 3, 6],
    ["a mixture of line ends", "{\n\r\n\r  b: @}", 4, 6],
    ["a line separator, which ends no line in an editor", '{a: "\u2028", b: @}', 1, 13],
    ["a text that a line break ends", '{\n  a: "x\n}', 2, 8],
    ["a text that \\r\\n ends", '{\r\n  a: "x\r\n}', 2, 8],
    ["a text that never ends", '{\n a: "x', 2, 7],
    ["a comment that never ends", "{\n /* x\n", 3, 1],
    ["a character of two halves before it", '{a: "😀" @}', 1, 10],
    ["a character of two halves", "{\na: 😀}", 2, 4],
    ["a bad escape in a name", "{\n a\\u0020: 1}", 2, 3],
    ["a bad escape in a text", '{a: "\\u00g0"}', 1, 10],
    ["a missing comma", "{a: 1\n b: 2}", 2, 2],
    ["a double comma", "{a: [1,,2]}", 1, 8],
    ["a number that is none", "{a: 012}", 1, 6],
  ])("places %s", (_, text, line, column) => {
    expect(issueOf(text)).toMatchObject({ reason: "CONFIG_INVALID", line, column, path: "" });
  });

  test("says place and cause in the sentence too", () => {
    expect(() => parseJson5Object("{\r  a: @}")).toThrow(
      "The configuration is not valid JSON5: line 2, column 6: invalid character '@'. Correct it and save again; nothing was changed.",
    );
  });

  test("places a wrong character wherever it is, as an editor does", () => {
    fc.assert(
      fc.property(anySeed, anyObject, fc.nat(), (seed, value, where) => {
        const pieces = writeDocument(drawFrom(seed), value);
        const before = textOf(pieces.slice(0, where % pieces.length));
        // A backslash within a string or name changes the meaning of what precedes it: stay between
        // tokens.
        const text = `${before}@${textOf(pieces.slice(where % pieces.length))}`;
        expect(issueOf(text)).toMatchObject(placeOf(text, before.length));
      }),
      { numRuns: 500 },
    );
  });

  test("never fails in another way, and never places anything outside of the text", () => {
    const unit = fc.constantFrom(
      ..."{}[]:,'\"\\/*\n\r\u2028 a0x+-.eE_$@",
      "\\u0041",
      "😀",
      "\ud83d",
      "//",
      "/*",
      "*/",
      "null",
      "NaN",
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
        const issue = issueOf(`{${text}`);
        if (issue === null) return;
        const lines = `{${text}`.split(/\r\n|\r|\n/);
        expect(issue.line).toBeGreaterThanOrEqual(1);
        expect(issue.column).toBeGreaterThanOrEqual(1);
        expect(issue.column).toBeLessThanOrEqual((lines[(issue.line ?? 0) - 1]?.length ?? -1) + 1);
      }),
      { numRuns: 2000 },
    );
  });

  test("refuses what is nested so deep that walking it would break, with the place", () => {
    const nested = (depth: number) => `{a:${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
    expect(issueOf(nested(100))).toBeNull();
    expect(issueOf(nested(101))).toMatchObject({ line: 1, column: 103 });
    expect(issueOf(`{a:"${"[".repeat(500)}"} // ${"[".repeat(500)}`)).toBeNull();
    expect(issueOf(nested(300_000))).toMatchObject({
      message: "nested more than 100 levels deep.",
    });
  });
});

describe("a text with too many parts", () => {
  const values = (count: number) => `{a:[${"1,".repeat(count)}]}`;

  test("is refused with the place, before it is read", () => {
    expect(issueOf(values(24_000))).toBeNull();
    // Unclosed: a parser that reads on finds another fault.
    const dense = ["[],", "1,", "{},", "a:"].map((part) => `{a:[${part.repeat(300_000)}`);
    for (const text of [values(25_000), ...dense])
      expect(issueOf(text)).toMatchObject({ message: "more than 50000 names, values and signs." });
    expect(issueOf("{a:".repeat(300_000))).toMatchObject({ column: 301 });
  });

  test("is not one with few, however long they are", () => {
    expect(issueOf(`{a: "${"[],".repeat(300_000)}" /* ${"{}".repeat(50_000)} */}`)).toBeNull();
  });
});

describe("findArray", () => {
  const found = (text: string, ...path: string[]) => {
    const array = findArray(text, path);
    return array?.items.map(({ from, to }) => text.slice(from, to));
  };

  test.each([
    ["{a: [1, 'x', {b: [2]}, ]}", ["1", "'x'", "{b: [2]}"]],
    ["{a: [ /* none */ ]}", []],
    ["{a: []}", []],
    ["{'a': [1]}", ["1"]],
    ['{"\\u0061": [1]}', ["1"]],
    ["{\\u0061: [1]}", ["1"]],
    ["{a: [1], a: [2]}", ["2"]],
    ["{a /* : [0] */ : // [0]\n [1]}", ["1"]],
    ["{b: {a: [0]}, c: 'a: [0]', a: [1]}", ["1"]],
    ["{a: [-Infinity, +NaN, .5e-3]}", ["-Infinity", "+NaN", ".5e-3"]],
    ["{a: [1//]\n,2]}", ["1", "2"]],
  ])("in %s", (text, items) => {
    expect(found(text, "a")).toEqual(items);
  });

  test.each([
    "{}",
    "{b: [1]}",
    "{a: 1}",
    "{a: {0: 1}}",
    "{a: '[1]'}",
    "{a: [1], a: null}",
    "{b: {a: [1]}}",
  ])("is null where there is none: %s", (text) => {
    expect(findArray(text, ["a"])).toBeNull();
  });

  test("follows a path only through objects, and only through their own keys", () => {
    expect(found("{a: {b: {c: [1]}}}", "a", "b", "c")).toEqual(["1"]);
    expect(findArray("{a: [{b: [1]}]}", ["a", "0", "b"])).toBeNull();
    expect(findArray("{a: {}}", ["a", "constructor"])).toBeNull();
    expect(found("{__proto__: {a: [1]}}", "__proto__", "a")).toEqual(["1"]);
  });

  test("finds the items and the closing bracket in whatever surrounds them", () => {
    const around = anyObject.map(({ 名: _, ...rest }) => rest);
    fc.assert(
      fc.property(anySeed, around, fc.array(anyObject, { maxLength: 4 }), (seed, rest, items) => {
        const draw = drawFrom(seed);
        const written = items.map((item) => writeJson5(draw, item));
        const inner = written.flatMap((item, i) => [
          ...(i > 0 ? [{ text: ",", expected: "" }] : []),
          blank(draw),
          ...item,
          blank(draw),
        ]);
        const open = { text: "[", expected: "" };
        const array = new Pieces([open, ...inner, { text: "]", expected: "" }]);
        const text = textOf(writeDocument(draw, { ...rest, 名: array }));
        expect(found(text, "名")).toEqual(written.map(textOf));
        expect(text[findArray(text, ["名"])?.end ?? -1]).toBe("]");
      }),
      { numRuns: 300 },
    );
  });

  test("reads a text of a megabyte in one go", () => {
    const long = "x\\n".repeat(350_000);
    expect(found(`{b: "${long}", /* ${long} */ a: [1]}`, "a")).toEqual(["1"]);
  });
});

describe("withValue", () => {
  test.each([
    ["{a: 1}", ["a"], "{a: 2}"],
    ["{a: 1, 'a': 3 /* last */}", ["a"], "{a: 1, 'a': 2 /* last */}"],
    ["{ // 空\n}", ["a"], '{"a": 2 // 空\n}'],
    ["{a: {b: 1, // b\n}}", ["a", "c"], '{a: {b: 1, "c": 2, // b\n}}'],
    ["{a: {b: [1], c: {}}}", ["a", "c", "d"], '{a: {b: [1], c: {"d": 2}}}'],
    ["{x: 1}", ["a", "b", "c"], '{x: 1, "a": {"b":{"c":2}}}'],
    ["{a: [1, 2] // list\n}", ["a", "b"], '{a: {"b":2} // list\n}'],
    ["{a: null}", ["a", "b"], '{a: {"b":2}}'],
  ])("%s at %j becomes %s", (text, path, expected) => {
    const edited = withValue(text, path, 2);
    expect(edited).toBe(expected);
    expect(deepValue(parseJson5Object(edited), path)).toBe(2);
  });

  const deepValue = (root: unknown, path: readonly string[]) =>
    path.reduce((value, key) => (value as Record<string, unknown>)[key], root);
});

describe("applyEdits", () => {
  test("replaces, removes and inserts, in whatever order the edits come", () => {
    const edits = [
      { from: 0, to: 1, insert: "X" },
      { from: 5, to: 6, insert: "" },
      { from: 3, to: 3, insert: "++" },
    ];
    expect(applyEdits("abcdef", edits)).toBe("Xbc++de");
    expect(applyEdits("abcdef", edits.toReversed())).toBe("Xbc++de");
  });

  test("without edits gives the text back", () => {
    expect(applyEdits("a\r\nb", [])).toBe("a\r\nb");
  });
});

test.each([
  ["[]", '["x", 1]'],
  ["[ /* none */ ]", '[ /* none */ "x", 1]'],
  ["[ 'a', // last\n ]", "[ 'a', \"x\", 1, // last\n ]"],
  ["{}", "{}"],
])("items are added to the list %s", (list, after) => {
  expect(withItems(`{ a: { b: ${list} } }`, ["a", "b"], ["x", 1])).toBe(`{ a: { b: ${after} } }`);
});
