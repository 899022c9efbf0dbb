import { expect, test } from "vitest";
import { countChanges } from "./merge.ts";

test.each([
  ["a\nb\nc", "a\nb\nc", 0],
  ["a\r\nb", "a\nb", 0],
  ["a\nb\nc", "a\nB\nc", 1],
  ["a\nb\nc\nd\ne", "A\nb\nc\nd\nE", 2],
  ["", "a", 1],
])("from %j to %j are %i changes", (before, after, count) => {
  expect(countChanges(before, after)).toBe(count);
});
