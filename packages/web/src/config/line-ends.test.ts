import { expect, test } from "vitest";
import { isSameText, withLineEndsOf } from "./line-ends.ts";

test.each([
  ["the file's own text when nothing else differs", "{\r\n}\r\n", "{\n}\n", "{\r\n}\r\n"],
  ["Windows' ends in a file that has them", "{\r\n}\r\n", "{\n a: 1\n}\n", "{\r\n a: 1\r\n}\r\n"],
  ["LF in a file that has it", "{\n}\n", "{\n a: 1\n}\n", "{\n a: 1\n}\n"],
  ["what most lines have where both occur", "{\r\n\r\n}\n", "{\n\n\n}\n", "{\r\n\r\n\r\n}\r\n"],
  ["a mixed file as it was when nothing else differs", "{\r\n\n}", "{\n\n}", "{\r\n\n}"],
  ["no end twice", "{\r\n}", "{\r\n a: 1\r\n}", "{\r\n a: 1\r\n}"],
])("keeps %s", (_, file, edited, kept) => {
  expect(withLineEndsOf(file, edited)).toBe(kept);
});

test("texts that differ in their line ends alone are the same", () => {
  expect(isSameText("{\r\n\n}\r", "{\n\n}\n")).toBe(true);
  expect(isSameText("{\n}", "{\n\n}")).toBe(false);
});
