import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), "claw-folder-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

test("a folder is made with those above it, once", () => {
  const folder = path.join(place, "a/b/c");
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

test("a file in its place is not taken for one", () => {
  writeFileSync(path.join(place, "file"), "");
  expect(() => makeFolder(path.join(place, "file"))).toThrow(/EEXIST/);
  expect(() => makeFolder(path.join(place, "file/in"))).toThrow(/ENOTDIR/);
});

test.runIf(process.platform === "linux")(
  "where none can be made it fails, and does not try for ever",
  () => {
    expect(() => makeFolder("/proc/a/b")).toThrow(/ENOENT/);
  },
);
