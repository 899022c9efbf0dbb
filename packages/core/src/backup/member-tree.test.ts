import { describe, expect, test } from "vitest";
import { rejectsWith } from "./backup.fixture.ts";
import { followMembers, type NameRule } from "./member-tree.ts";

/** Folder paths end in `/`, link paths in `@`. */
function follow(rule: NameRule | "either", paths: readonly string[]) {
  const tree = followMembers(rule);
  for (const path of paths)
    if (path.endsWith("/")) tree.add(path.slice(0, -1), "folder");
    else if (path.endsWith("@")) tree.add(path.slice(0, -1), "link");
    else tree.add(path, "file");
  return tree;
}

const GOOD = [
  "data/",
  "data/a",
  "data/b/",
  "data/b/c/",
  "data/b/c/d",
  "data/b/e",
  "data/f",
  "logs/",
];

describe("the members of an instance", () => {
  test("come folder by folder, each in its order", () => {
    for (const rule of ["portable", "posix", "either"] as const)
      expect(follow(rule, GOOD).unportable).toBeNull();
  });

  test.each([
    ["a file twice", ["data/", "data/a", "data/a"], "twice"],
    ["a folder twice", ["data/", "data/a/", "data/a/"], "twice"],
    ["a file and a folder of one name", ["data/", "data/a", "data/a/"], "twice"],
    [
      "a folder again after another",
      ["data/", "data/a/", "data/b", "data/a/x"],
      "without its folder",
    ],
    ["a root again", ["data/", "logs/", "data/"], "twice or out of order"],
    ["a file before its folder", ["data/", "data/a/b"], "without its folder"],
    ["a file below a file", ["data/", "data/a", "data/a/b"], "without its folder"],
    ["a file below a link", ["data/", "data/a@", "data/a/b"], "without its folder"],
    ["a file in the place of a link", ["data/", "data/a@", "data/a"], "twice"],
    ["a link in the place of a root", ["data@"], "does not belong"],
    ["the wrong order", ["data/", "data/b", "data/a"], "out of order"],
    ["another root", ["etc/"], "does not belong"],
    ["a file in the place of a root", ["data"], "does not belong"],
    ["a way out", ["data/", "data/.."], "leads out"],
    ["an absolute name", ["/data"], "absolute"],
  ])("are refused with %s", (_, paths, why) => {
    for (const rule of ["portable", "posix", "either"] as const)
      rejectsWith(() => follow(rule, paths), why);
  });
});

test("links and long paths need the second version of the format", () => {
  const deep = Array.from({ length: 201 }, (_, depth) => `data/${"d/".repeat(depth)}`);
  const versions = [GOOD, deep.slice(0, 200), deep, ["data/", "data/a@"]].map(
    (paths) => follow("either", paths).version,
  );
  expect(versions).toEqual([1, 1, 2, 2]);
});

describe("names that only some systems can store", () => {
  test.each([
    ["case twins", ["data/", "data/A", "data/a"], "data/a"],
    ["case twins among folders", ["data/", "data/A/", "data/a/"], "data/a"],
    ["twins by the form of an accent", ["data/", "data/e\u0301", "data/\u00e9"], "data/\u00e9"],
    ["a device", ["data/", "data/aux"], "data/aux"],
    ["a drive", ["data/", "data/C:/", "data/C:/x"], "data/C:"],
    ["a backslash", ["data/", "data/a\\b"], "data/a\\b"],
    ["a dot at the end", ["data/", "data/a."], "data/a."],
  ])("%s: kept where they can be, refused where they were said not to be", (_, paths, first) => {
    expect(follow("either", paths).unportable).toBe(first);
    expect(follow("posix", paths).unportable).toBeNull();
    rejectsWith(() => follow("portable", paths), "Windows");
  });

  test("names of different folders are no twins", () => {
    const paths = ["data/", "data/a/", "data/a/x", "data/b/", "data/b/X", "logs/", "logs/A"];
    expect(follow("portable", paths).unportable).toBeNull();
  });
});
