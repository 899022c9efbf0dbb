import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import type { ArchiveFile } from "../../../files/archive-codec.ts";
import { insertBackup } from "./insert-backup.ts";

const FILE: ArchiveFile = {
  filename: "claw-20260101-000000-0.tar",
  size: 5,
  sha256: "0".repeat(64),
  createdAt: "2026-01-01T00:00:00.000Z",
  createdBy: "schedule",
  note: null,
  encryption: null,
  instances: [],
};

async function setUp() {
  const panel = await createTestPanel();
  const folder = path.join(panel.home, "backup");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, FILE.filename), "bytes");
  return { panel, files: () => readdir(folder) };
}

test("an archive is listed as who made it, verified now", async () => {
  const { panel } = await setUp();
  await using _ = panel;
  const backup = await insertBackup(panel.context, FILE);
  expect(await panel.context.store.listBackups()).toEqual([backup]);
  const { filename, size, sha256, createdAt, createdBy } = FILE;
  expect(backup).toMatchObject({ filename, size, sha256, createdAt, createdBy, pinned: false });
  expect(Date.parse(backup.verifiedAt ?? "")).toBeGreaterThan(Date.parse(createdAt));
});

test("an archive that cannot be recorded is not left", async () => {
  const { panel, files } = await setUp();
  await using _ = panel;
  panel.faults.failNext("store.saveBackup", new DomainError("DISK_FULL", "No."));
  await rejects(insertBackup(panel.context, FILE), "DISK_FULL");
  expect(await files()).toEqual([]);
});
