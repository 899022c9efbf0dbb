import { expect, test } from "vitest";
import { keyOf, membersOf, skipBlank, tokenEnd, valueEnd } from "./json5-tokens.ts";

test.each([
  ["  // c ' \n /* } */ a", "a"],
  ["\u{feff}{", "{"],
  ["x", "x"],
])("blanks and comments of %j are skipped", (text, rest) => {
  expect(text.slice(skipBlank(text, 0))).toBe(rest);
});

test.each([
  ["'it\\'s // no comment' ,", "'it\\'s // no comment'"],
  ["name: 1", "name"],
  ["-0x1F]", "-0x1F"],
  ["[1]", "["],
  ["'over\\\r\ntwo lines' ,", "'over\\\r\ntwo lines'"],
  ['"not closed,\n"b"', '"not closed,'],
  ["/ a", "/"],
])("the first token of %j is %j", (text, token) => {
  expect(text.slice(0, tokenEnd(text, 0))).toBe(token);
});

test.each([
  ["{a: [1, '}'], /* } */ b: {}}, c", "{a: [1, '}'], /* } */ b: {}}"],
  ["'x', y", "'x'"],
])("the first value of %j ends where it ends", (text, value) => {
  expect(text.slice(0, valueEnd(text, 0))).toBe(value);
});

test("the members of an object are its names and the ranges of its values", () => {
  const text = "{ 'a b': 1, /* , */ c: [2, 3], }";
  const { members, end } = membersOf(text, 0);
  expect(members.map(({ name, from, to }) => [keyOf(name), text.slice(from, to)])).toEqual([
    ["a b", "1"],
    ["c", "[2, 3]"],
  ]);
  expect(end).toBe(text.length - 1);
});
