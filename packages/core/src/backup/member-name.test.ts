import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rejectsWith } from "./backup.fixture.ts";
import {
  checkMemberPath,
  compareNames,
  foldName,
  isLongPath,
  isPortableName,
  memberPathFault,
  shownPath,
} from "./member-name.ts";

describe("the path of a member", () => {
  test.each([
    "data",
    "data/a/b/c",
    "data/..a/...",
    "data/新\n文件🦞",
    "data/a\\b",
    "data/C:",
    "data/aux",
    `data/${"x".repeat(255)}`,
    `data/${"长".repeat(255)}`,
    `data${"/d".repeat(999)}`,
    `data${`/${"x".repeat(250)}`.repeat(60)}`,
  ])("may be %j", (path) => {
    expect(memberPathFault(path)).toBeNull();
    checkMemberPath(path);
  });

  test.each([
    ["", "absolute"],
    ["/etc/passwd", "absolute"],
    ["data//a", "empty part"],
    ["data/", "empty part"],
    ["..", "leads out"],
    ["data/../x", "leads out"],
    ["data/.", "leads out"],
    ["data/a\0b", "NUL"],
    ["data/\ud800", "not text"],
    [`data/${"x".repeat(256)}`, "too long"],
    [`data${"/长".repeat(150)}${`/${"长".repeat(200)}`.repeat(26)}`, "too long"],
    [`data${"/d".repeat(1_000)}`, "too many folders"],
  ])("may not be %j", (path, why) => {
    expect(memberPathFault(path)).toContain(why);
    rejectsWith(() => checkMemberPath(path), why);
  });

  test("is long when the format's first readers refuse it", () => {
    const isLong = [
      [`data${"/d".repeat(199)}`, `data/${"x".repeat(3_495)}`],
      [`data${"/d".repeat(200)}`, `data/${"x".repeat(3_496)}`],
    ].map((paths) => paths.map(isLongPath));
    expect(isLong).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test("is shown shortened, and with what cannot be seen", () => {
    expect(shownPath("a\nb")).toBe('"a\\nb"');
    expect(shownPath("x".repeat(1_000)).length).toBeLessThan(210);
  });
});

describe("a name that every system can store", () => {
  test.each([
    "a",
    "openclaw.json",
    ".git",
    "新",
    "console",
    "com10",
    "nulls.txt",
    "a b",
    "~$x",
  ])("is %j", (name) => expect(isPortableName(name)).toBe(true));

  test.each([
    ...["aux", "AUX", "Con.txt", "nul.", "lpt1", "COM¹.log", "CONIN$", "prn .txt"],
    ...["C:", "C:x", "a:b", "a\\b", "a*", "a?", '"', "<", ">", "|"],
    ...["a.", "a ", "...", "a\nb", "\u0001", "a\tb"],
  ])("is not %j", (name) => expect(isPortableName(name)).toBe(false));
});

test("names that differ in case or in the form of accents are folded to the same", () => {
  for (const [one, other] of [
    ["a", "A"],
    ["É", "é"],
    ["e\u0301", "\u00e9"],
    ["STRASSE", "straße"],
  ] as const)
    expect(foldName(one)).toBe(foldName(other));
  expect(foldName("a")).not.toBe(foldName("b"));
});

test("names are in the order of their bytes in UTF-8", () => {
  const name = fc.string({ unit: "binary", maxLength: 6 });
  fc.assert(
    fc.property(name, name, (a, b) => {
      const bytes = Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(Math.sign(compareNames(a, b))).toBe(bytes);
    }),
  );
  expect(compareNames("\u{1f99e}", "\uffff")).toBeGreaterThan(0);
});
