import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backupOf } from "../../../../tests/support/specs.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { findBackup } from "./find-backup.ts";

test("a backup is found by its id; one that is gone is said to be gone", async () => {
  await using panel = await createTestPanel();
  const backup = backupOf();
  await panel.context.store.saveBackup(backup);
  expect(await findBackup(panel.context, backup.id)).toEqual(backup);
  await rejects(findBackup(panel.context, "other"), "BACKUP_NOT_FOUND");
});
