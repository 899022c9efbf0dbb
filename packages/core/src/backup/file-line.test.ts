import { expect, test } from "vitest";
import {
  encodeFileLine,
  type FileLine,
  modeText,
  parseFileLine,
  wholeSeconds,
} from "./file-line.ts";

const FILE: FileLine = {
  type: "file",
  path: "data/新\n🦞",
  size: 12,
  mode: "0600",
  mtime: 1_790_000_000,
  sha256: "ab".repeat(32),
};
const FOLDER: FileLine = { type: "folder", path: "data", mode: "0755", mtime: 0 };
const LINK: FileLine = { type: "link", path: "data/l", target: "../新\n", mtime: 7 };

test("a line is one line, and is read back", () => {
  for (const entry of [FILE, FOLDER, LINK]) {
    const line = encodeFileLine(entry);
    expect(line).not.toContain("\n");
    expect(parseFileLine(line)).toEqual(entry);
  }
});

test("a line that says the same in another way is the same", () => {
  const turned = JSON.stringify(Object.fromEntries(Object.entries(FILE).reverse()));
  const entry = parseFileLine(turned);
  expect(entry && encodeFileLine(entry)).toBe(encodeFileLine(FILE));
});

test.each([
  "",
  "null",
  "{",
  JSON.stringify({ ...FILE, mode: "4755" }),
  JSON.stringify({ ...FILE, size: -1 }),
  JSON.stringify({ ...FILE, mtime: -1 }),
  JSON.stringify({ ...FILE, sha256: "" }),
  JSON.stringify({ ...FILE, type: "link" }),
])("%s is no line", (text) => expect(parseFileLine(text)).toBeNull());

test("permissions without the bits that make a program another user's", () => {
  expect([0o644, 0o4755, 0o100600, 0].map(modeText)).toEqual(["0644", "0755", "0600", "0000"]);
});

test("times are whole seconds that a header can hold", () => {
  expect([1_500, 999, -1, 1e18].map(wholeSeconds)).toEqual([1, 0, 0, 0o77777777777]);
});
