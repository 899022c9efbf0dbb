import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openArchivePlace } from "../../../../tests/support/archive-place.ts";
import { openCursor } from "./folder-cursor.ts";

const platforms =
  process.platform === "linux" ? (["linux", "win32"] as const) : (["win32"] as const);

test.each(platforms)("on %s: enters folders and nothing else, and comes back", async (platform) => {
  await using place = await openArchivePlace();
  await place.provision("anna", { "data/a/b/c": "1", "data/file": "2", "data/gone/x": "3" });
  if (process.platform !== "win32") symlinkSync("a", place.at("anna", "data", "link"));
  expect(openCursor(place.at("nobody"), platform)).toBeNull();
  expect(openCursor(place.at("anna", "data", "file"), platform)).toBeNull();
  using cursor = openCursor(place.at("anna", "data"), platform);
  const names = () => readdirSync(cursor?.at() ?? "").sort();
  for (const name of ["file", "link", "nothing"]) expect(cursor?.enter(name)).toBe(false);
  expect([cursor?.enter("a"), cursor?.enter("b"), cursor?.depth]).toEqual([true, true, 2]);
  expect(names()).toEqual(["c"]);
  cursor?.leave();
  expect(names()).toEqual(["b"]);
  cursor?.leave();
  rmSync(place.at("anna", "data", "gone"), { recursive: true });
  expect(cursor?.enter("gone")).toBe(false);
  mkdirSync(cursor?.at("new") ?? "");
  writeFileSync(cursor?.at("new/x") ?? "", "");
  expect(names()).toContain("new");
});
