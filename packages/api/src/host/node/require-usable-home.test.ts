import fs, { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { canMount, TinyDisk } from "../../../tests/support/tiny-disk.ts";
import { makeFolder } from "../../make-folder.ts";
import { requireUsableHome } from "./require-usable-home.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(realpathSync(tmpdir()), "claw home 家-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const failing = (code: string) => () => {
  throw Object.assign(new Error(`${code}: not here`), { code });
};

test("a home that holds files is left as it was", () => {
  requireUsableHome(home);
  requireUsableHome(home);
  expect(readdirSync(path.join(home, "data"))).toEqual([]);
});

describe("a home is refused by name", () => {
  test.runIf(process.platform === "linux")("where no folder can be made", () => {
    expect(() => requireUsableHome("/proc")).toThrow(
      /^CLAW_HOME cannot be used: \/proc does not let the panel make a folder \(ENOENT.*Choose a folder/,
    );
  });

  test("that is a file", () => {
    const file = path.join(home, "file");
    writeFileSync(file, "");
    expect(() => requireUsableHome(file)).toThrow(/^CLAW_HOME cannot be used: .*make a folder/);
  });

  test.runIf(canMount)("that is read-only", async () => {
    await using disk = await TinyDisk.mount("256k");
    makeFolder(path.join(disk.folder, "data"));
    await disk.setReadOnly(true);
    expect(() => requireUsableHome(disk.folder)).toThrow(/make a file \(EROFS/);
  });

  test.each([
    ["write to a file", { writeSync: failing("EIO") }],
    ["flush a file", { fsyncSync: failing("EINVAL") }],
    ["rename a file", { renameSync: failing("ENOSYS") }],
    ["keep what it writes", { readFileSync: () => "\0\0" }],
    ["remove a file", { rmSync: failing("EPERM") }],
  ])("that does not let the panel %s, and keeps nothing of the attempt", (what, fault) => {
    const files = { ...fs, ...fault } as typeof fs;
    expect(() => requireUsableHome(home, files)).toThrow(`does not let the panel ${what}`);
    expect(readdirSync(path.join(home, "data"))).toEqual([]);
  });
});

test.runIf(canMount)(
  "a home that is full is used all the same: the panel helps to free it",
  async () => {
    await using disk = await TinyDisk.mount("256k");
    makeFolder(path.join(disk.folder, "data"));
    await disk.fill();
    requireUsableHome(disk.folder);
    expect(readdirSync(path.join(disk.folder, "data"))).toEqual([]);
  },
);
