import { expect, test } from "vitest";
import { createMatcher } from "./matcher.ts";

const plain = { regex: false, matchCase: false };

test("puts each match between two other pieces, whatever its case", () => {
  expect(createMatcher("no", plain)?.split("No token, no gateway")).toEqual([
    "",
    "No",
    " token, ",
    "no",
    " gateway",
  ]);
  expect(createMatcher("x", plain)?.split("abc")).toEqual(["abc"]);
  expect(createMatcher("a.[", plain)?.split("1 a.[ 2")).toEqual(["1 ", "a.[", " 2"]);
});

test("regards case, and takes a regular expression", () => {
  expect(createMatcher("no", { ...plain, matchCase: true })?.test("No")).toBe(false);
  expect(createMatcher("b\\d+", { ...plain, regex: true })?.split("a b12")).toEqual([
    "a ",
    "b12",
    "",
  ]);
});

test("finds nothing where there is nothing to mark", () => {
  expect(createMatcher("", plain)).toBeNull();
  expect(createMatcher("(", { ...plain, regex: true })).toBeNull();
  expect(createMatcher("x*", { ...plain, regex: true })?.test("abc")).toBe(false);
});
