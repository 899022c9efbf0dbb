import { describe, expect, test } from "vitest";
import { linkFault } from "./member-link.ts";

describe("a link", () => {
  test.each([
    ["data/a/b", "c"],
    ["data/a/b", "./c/d/"],
    ["data/a/b", ".."],
    ["data/workspace/node_modules/.bin/left", "../../left/cli.js"],
    ["data/a", "nowhere"],
    ["data/a", "新"],
    ["logs/a", "..."],
  ])("%s may lead to %s", (path, target) => expect(linkFault(path, target)).toBeNull());

  test.each([
    ["data/a", "/usr/bin/python3", "leads out"],
    ["data/a", "..", "leads out"],
    ["data/a", "../logs/b", "leads out"],
    ["data/a/b/c", "../../../x", "leads out"],
    ["data/a/b", "./.././../x", "leads out"],
    ["data/a", "C:\\Windows", "leads out"],
    ["data/a", "..\\..\\x", "leads out"],
    ["data/a/b", "c/../d", "goes up behind"],
    ["data/a", "b/..", "goes up behind"],
    ["data/a", "", "leads nowhere"],
    ["data/a", "b\0c", "leads nowhere"],
    ["data/a", "\ud800", "not text"],
    ["data/a", "长".repeat(1_366), "too long"],
  ])("%s may not lead to %j", (path, target, why) =>
    expect(linkFault(path, target)).toContain(why));
});
