import fc from "fast-check";
import json5 from "json5";
import { describe, expect, test, vi } from "vitest";
import { isObject } from "../is-object.ts";
import { anyObject, anySeed, drawFrom, textOf, writeDocument } from "../json5.fixture.ts";
import { keyOf } from "../json5-tokens.ts";
import { caretAt } from "./caret.ts";
import { locate } from "./locate.ts";

/** json5 logs a warning about line separators in strings to the console. */
vi.spyOn(console, "warn").mockImplementation(() => {});

/** The place at the `|` of a text. */
function at(marked: string) {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const caret = caretAt(text, offset);
  if (!caret) return null;
  const { kind, path, others, next } = caret;
  return { kind, path: path.join("."), source: text.slice(caret.from, caret.to), others, next };
}

describe("a key", () => {
  test.each([
    ["{|", "", "", []],
    ["{ ga|", "", "ga", []],
    ["{ ga|teway: { mode: 1 } }", "", "gateway", []],
    ["{ gateway: { mo|, bind: 'lan' }, b: 1 }", "gateway", "mo", ["bind"]],
    ["{ gateway: { bind: 'lan', | } }", "gateway", "", ["bind"]],
    ["{ gateway: { bind: 'lan',\n  // c\n |\n } }", "gateway", "", ["bind"]],
    ['{ "ga|" }', "", '"ga"', []],
    ['{ "ga|', "", '"ga', []],
    ["{ 'ga|\n  mode: 1 }", "", "'ga", ["mode"]],
    ["{ list: [ { a: 1 }, { b| } ] }", "list.1", "b", []],
    ["{ 'a b': { \"\\u0063\": { d| } } }", "a b.c", "d", []],
    ["{ a: { x| \n b: 1, c: 2 }, d: 3 }", "a", "x", ["b", "c"]],
  ])("%s", (text, path, source, others) => {
    expect(at(text)).toMatchObject({ kind: "key", path, source, others });
  });
});

describe("a value", () => {
  test.each([
    ["{ gateway: { mode: | } }", "gateway.mode", ""],
    ["{ gateway: { mode:|", "gateway.mode", ""],
    ["{ gateway: { mode: lo|", "gateway.mode", "lo"],
    ["{ gateway: { mode: 'lo| }", "gateway.mode", "'lo"],
    ["{ gateway: { mode: 'lo|' }", "gateway.mode", "'lo'"],
    ["{ gateway: { mode: |'lo' }", "gateway.mode", "'lo'"],
    ["{ a: /* b: */ tr|ue, }", "a", "true"],
    ["{ list: [ 1, |, 2 ] }", "list.1", ""],
    ["{ list: [ 1, tr| ] }", "list.1", "tr"],
    ["|", "", ""],
    ["// c\n|", "", ""],
  ])("%s", (text, path, source) => {
    expect(at(text)).toMatchObject({ kind: "value", path, source });
  });
});

test.each([
  "{ // ga|\n }",
  "{ // ga|",
  "{ /* ga| */ }",
  "{ /* ga|",
  "{ gateway | : 1 }",
  "{ gateway: 1 | }",
  "{ list: [ 1 | ] }",
  "{} |",
])("nothing can be completed: %s", (text) => {
  expect(at(text)).toBeNull();
});

test.each([
  ["{ ga| }", "}"],
  ["{ ga|: 1 }", ":"],
  ["{ ga| // c\n b: 1 }", "b"],
  ["{ | }", "}"],
  ["{ a: |, b: 1}", ","],
  ["{ ga|", ""],
])("what follows is known: %s", (text, next) => {
  expect(at(text)?.next).toBe(next);
});

/** Every path of a value in an object. */
function* pathsOf(value: unknown, path: string[] = []): Generator<string[]> {
  if (path.length > 0) yield path;
  const members = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
  for (const [key, member] of members) yield* pathsOf(member, [...path, key]);
}

test("what the parser has anywhere, in any notation, is what stands there", () => {
  fc.assert(
    fc.property(anySeed, anyObject, (seed, object) => {
      const text = textOf(writeDocument(drawFrom(seed), object));
      const paths = [...pathsOf(json5.parse(text))];
      for (const [index, place] of locate(text, paths).entries()) {
        const path = paths[index] ?? [];
        if (!place) throw new Error(`${JSON.stringify(path)} was not found`);
        const isScalar = !"{[".includes(text[place.value] ?? "");
        if (isScalar) expect(caretAt(text, place.value + 1)).toMatchObject({ kind: "value", path });
        if (place.key === null) continue;
        const caret = caretAt(text, place.key + 1);
        expect(caret).toMatchObject({ kind: "key", path: path.slice(0, -1), from: place.key });
        expect(keyOf(text.slice(caret?.from, caret?.to))).toBe(path.at(-1));
      }
    }),
    { numRuns: 50 },
  );
});

test("a broken text gives an answer, whatever it is", () => {
  const piece = fc.constantFrom(..."{}[],:\"'/*\\ \n".split(""), "a", "//", "1");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      for (let offset = 0; offset <= text.length; offset++) {
        const caret = caretAt(text, offset);
        if (caret) expect(caret.from <= offset && offset <= caret.to).toBe(true);
      }
    }),
  );
});
