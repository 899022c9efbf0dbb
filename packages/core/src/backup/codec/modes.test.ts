import { expect, test } from "vitest";
import { modesToRestore, packedMode } from "./modes.ts";

test("a system without modes gives its owner what it needs, and others nothing", () => {
  const modes = [
    packedMode(0o40666, "folder", false),
    packedMode(0o100666, "file", false),
    packedMode(0o100444, "file", false),
  ];
  expect(modes).toEqual([0o700, 0o600, 0o400]);
  expect(packedMode(0o100751, "file", true)).toBe(0o751);
});

test("modes are restored unless the folder of the data could not be entered with them", () => {
  const members = (mode: number) =>
    (["data", "data/x"] as const).map((path) => ({
      path,
      kind: path === "data" ? ("folder" as const) : ("file" as const),
      size: 0,
      mode: path === "data" ? mode : 0o444,
      mtime: 0,
    }));
  expect(members(0o750).map(modesToRestore())).toEqual([0o750, 0o444]);
  expect(members(0o666).map(modesToRestore())).toEqual([0o700, 0o400]);
});
