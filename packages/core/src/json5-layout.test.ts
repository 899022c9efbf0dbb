import { expect, test } from "vitest";
import { isSameButLayout } from "./json5-layout.ts";

test.each([
  ["white space, lines and indentation", '{a:1,b:["x"]}', '{\n  a: 1,\r\n  b: ["x"]\n}\n'],
  ["commas that may be left out", "{ a: [1, 2], }", "{ a: [1, 2,] }"],
])("%s do not tell two texts apart", (_, one, other) => {
  expect(isSameButLayout(one, other)).toBe(true);
});

test.each([
  ["a value", "{ a: 1 }", "{ a: 2 }"],
  ["how a name is written", "{ a: 1 }", '{ "a": 1 }'],
  ["a comment", "{ a: 1 } // mine", "{ a: 1 }"],
  ["the words of a comment", "{ /* mine */ a: 1 }", "{ /* yours */ a: 1 }"],
  ["white space in a string", '{ a: "x y" }', '{ a: "x  y" }'],
  ["a comma in a string", '{ a: "x,y" }', '{ a: "xy" }'],
  ["a member more", "{ a: 1 }", "{ a: 1, b: 2 }"],
])("%s tells two texts apart", (_, one, other) => {
  expect(isSameButLayout(one, other)).toBe(false);
});
