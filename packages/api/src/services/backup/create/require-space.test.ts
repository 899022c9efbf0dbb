import { describe, expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backupOf } from "../../../../tests/support/specs.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { requireSpace } from "./require-space.ts";

const MB = 1_000_000;

/** A panel with so many megabytes free, on two disks or on one. */
async function withFree(backups: number, instances: number, isOneDisk = false) {
  const panel = await createTestPanel();
  const { storage, repository } = panel.context.disk;
  storage.space = async () => ({ free: instances * MB, device: "the instances'" });
  const device = isOneDisk ? "the instances'" : "the backups'";
  repository.space = async () => ({ free: backups * MB, device });
  return panel;
}

describe("for the copies and the archive of 100 MB", () => {
  test.each([
    ["both disks have room", 102, 101, false, null],
    ["two disks happen to have the same room", 151, 151, false, null],
    ["the disk of the instances has none", 500, 60, false, /disk of the instances: 40 MB/],
    ["the disk of the backups has none", 61, 500, false, /disk of the backups: 40 MB/],
    ["there is one disk, for either but not for both", 151, 151, true, /50 MB more/],
    ["somebody wrote to the one disk while it was looked at", 151, 150, true, /50 MB more/],
    ["there is one disk, for both", 201, 201, true, null],
  ] as const)("%s", async (_, backups, instances, isOneDisk, missing) => {
    await using panel = await withFree(backups, instances, isOneDisk);
    const asked = requireSpace(panel.context, 100 * MB);
    if (missing === null) return asked;
    expect((await rejects(asked, "DISK_FULL")).message).toMatch(missing);
  });
});

test("what the last backup took says what the next one will", async () => {
  await using panel = await withFree(30, 500);
  await rejects(requireSpace(panel.context, 100 * MB), "DISK_FULL");
  const instances = [{ id: "anna", name: "Anna", bytes: 80 * MB, files: 1 }];
  await panel.context.store.saveBackup(backupOf({ size: 16 * MB, instances }));
  await requireSpace(panel.context, 100 * MB);
});

test("many gigabytes are said as such", async () => {
  await using panel = await withFree(0, 10 ** 9);
  const { message } = await rejects(requireSpace(panel.context, 20_000 * MB), "DISK_FULL");
  expect(message).toContain("20.0 GB");
});
