import { expect, test } from "vitest";
import { ArchiveFilename, archiveFilename } from "./archive-names.ts";

test("an archive is named by its time in UTC and the number of its instances", () => {
  expect(archiveFilename("2026-11-22T08:15:00.123Z", 3)).toBe("claw-20261122-081500-3.tar");
  expect(archiveFilename("2026-11-22T16:15:00+08:00", 3, 2)).toBe("claw-20261122-081500-3-2.tar");
  expect(ArchiveFilename.safeParse(archiveFilename("2026-01-01T00:00:00Z", 1)).success).toBe(true);
});

test.each(["x.tar", "Old_server-1.2.tar"])("%s is a name", (name) =>
  expect(ArchiveFilename.safeParse(name).success).toBe(true));

test.each([
  ...["", ".tar", ".x.tar", "../x.tar", "a/b.tar", "a\\b.tar", "C:x.tar", "x.zip", "x.tar\n"],
  ...["备份.tar", "a b.tar", `${"x".repeat(130)}.tar`],
])("%j is none", (name) => expect(ArchiveFilename.safeParse(name).success).toBe(false));
