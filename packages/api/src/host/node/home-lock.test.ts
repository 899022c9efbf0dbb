import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockHome } from "./home-lock.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(realpathSync(tmpdir()), "claw lock 家-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test("a home has one panel at a time", () => {
  {
    using _first = lockHome(home);
    expect(() => lockHome(home)).toThrow(/Another panel is using .*CLAW_HOME/);
    expect(() => lockHome(home)).toThrow(home);
  }
  using _next = lockHome(home);
});

test("another home has a lock of its own", () => {
  using _one = lockHome(home);
  using _other = lockHome(path.join(home, "other"));
});

test("a home that cannot be written to is said so", () => {
  const file = path.join(home, "file");
  writeFileSync(file, "");
  expect(() => lockHome(file)).toThrow(/^CLAW_HOME cannot be used: /);
});
