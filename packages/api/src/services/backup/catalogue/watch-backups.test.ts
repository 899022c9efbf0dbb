import { expect, test } from "vitest";
import { backupOf } from "../../../../tests/support/specs.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { updateBackup } from "./update-backup.ts";
import { watchBackups } from "./watch-backups.ts";

test("a viewer is given all backups first, and again after each change", async () => {
  await using panel = await createTestPanel();
  const [old, young] = [
    backupOf(),
    backupOf({ id: "b2", filename: "b2.tar", createdAt: "2026-02-01T00:00:00.000Z" }),
  ];
  for (const backup of [old, young]) await panel.context.store.saveBackup(backup);
  const ends = new AbortController();
  const watching = watchBackups(panel.context, ends.signal);
  expect((await watching.next()).value).toEqual({ type: "snapshot", backups: [young, old] });
  await updateBackup(panel.context, old.id, { note: "x" });
  const changed = { type: "snapshot", backups: [young, { ...old, note: "x" }] };
  expect((await watching.next()).value).toEqual(changed);
  ends.abort();
  expect((await watching.next()).done).toBe(true);
});
