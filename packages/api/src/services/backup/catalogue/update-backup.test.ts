import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backupOf } from "../../../../tests/support/specs.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { updateBackup } from "./update-backup.ts";

test("a change is kept, and leaves what it does not name", async () => {
  await using panel = await createTestPanel();
  const backup = backupOf({ note: "before the move" });
  await panel.context.store.saveBackup(backup);
  const pinned = { ...backup, pinned: true };
  expect(await updateBackup(panel.context, backup.id, { pinned: true })).toEqual(pinned);
  expect(await panel.context.store.findBackup(backup.id)).toEqual(pinned);
  await rejects(updateBackup(panel.context, "other", { pinned: true }), "BACKUP_NOT_FOUND");
});
