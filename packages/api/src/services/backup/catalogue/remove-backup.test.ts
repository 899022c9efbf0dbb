import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backupOf } from "../../../../tests/support/specs.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { removeBackup } from "./remove-backup.ts";

const backup = backupOf();

async function setUp() {
  const panel = await createTestPanel();
  const folder = path.join(panel.home, "backup");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, backup.filename), "its bytes");
  await panel.context.store.saveBackup(backup);
  const files = () => readdir(folder);
  return { panel, files, ctx: panel.context };
}

test("a backup is deleted with its file", async () => {
  const { panel, ctx, files } = await setUp();
  await using _ = panel;
  expect(await removeBackup(ctx, backup.id)).toEqual({ id: backup.id });
  expect(await files()).toEqual([]);
  expect(await ctx.store.listBackups()).toEqual([]);
  await rejects(removeBackup(ctx, backup.id), "BACKUP_NOT_FOUND");
});

test("a backup that is being read stays", async () => {
  const { panel, ctx, files } = await setUp();
  await using _ = panel;
  await ctx.runtime.backups.reading(backup.id, async () => {
    await rejects(removeBackup(ctx, backup.id), "BUSY");
  });
  expect(await files()).toEqual([backup.filename]);
  await removeBackup(ctx, backup.id);
  expect(await files()).toEqual([]);
});

test("a backup whose file cannot be deleted stays listed", async () => {
  const { panel, ctx, files } = await setUp();
  await using _ = panel;
  panel.faults.failNext("repository.delete", new DomainError("FILES_DENIED", "No."));
  await rejects(removeBackup(ctx, backup.id), "FILES_DENIED");
  expect(await files()).toEqual([backup.filename]);
  expect(await ctx.store.listBackups()).toEqual([backup]);
});
