import { type BackupPolicy, DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { expect, test } from "vitest";
import { watchConditions } from "../../../tests/support/condition-lists.ts";
import { eventually } from "../../../tests/support/deadline.ts";
import { backupOf, replacementOf, snapshotOf } from "../../../tests/support/specs.ts";
import { createTestApp, type TestApp } from "../../../tests/support/test-app.ts";
import { keepRestored } from "../backup/restore/snapshots.ts";
import { createInstance } from "../instance/create-instance.ts";

const uidOf = (app: TestApp, id: string) => app.context.runtime.live.board.get(id).uid;

test.each([
  "client",
  "sse",
] as const)("what becomes wrong and is mended is told at once over %s", async (way) => {
  await using app = await createTestApp();
  const { context, engine } = app;
  using seen = watchConditions(app[way]);
  await seen.until();
  await createInstance(context, { id: "anna", name: "Anna", start: true });
  await app.until("anna", "running");
  await seen.until("BACKUP_NONE");
  await context.store.saveBackup(backupOf({ createdAt: new Date().toISOString() }));
  context.runtime.backups.notify();
  await seen.until();

  engine.killOutside("anna", 1);
  await seen.until(`INSTANCE_ERROR/${uidOf(app, "anna")}`);
  engine.setReachable(false);
  await seen.until("ENGINE_UNREACHABLE");
  engine.setReachable(true);
  // The panel starts again what should run.
  await seen.until();
});

test("an image that is missing is told until the job that gets it has ended", async () => {
  await using app = await createTestApp({ config: { image: "openclaw:none" } });
  await eventually(() => expect(app.context.runtime.jobs.running("image")).toBeNull());
  using seen = watchConditions(app.client);
  await seen.until("IMAGE_MISSING");
  await app.context.runtime.jobs.begin({
    ...{ kind: "image", instanceId: null },
    work: async () => {
      app.engine.moveTag("openclaw:none");
      return null;
    },
  });
  await seen.until();
});

test("a run of the schedule that failed, a compose file that cannot be written, and a container of nobody are told", async () => {
  await using app = await createTestApp();
  const { context } = app;
  await createInstance(context, { id: "anna", name: "Anna", start: false });
  await context.store.saveBackup(backupOf({ createdAt: new Date().toISOString() }));
  using seen = watchConditions(app.client);
  await seen.until();
  const policy: BackupPolicy = { ...DEFAULT_BACKUP_POLICY, enabled: true };
  await app.client.backups.savePolicy.mutate(policy);
  await context.runtime.jobs.begin({
    ...{ kind: "backup", instanceId: null },
    work: async ({ id }) => {
      await context.store.saveSetting("backup.schedule.lastRun", {
        ...{ at: new Date().toISOString(), jobId: id, message: null },
      });
      throw new Error("no room");
    },
  });
  await seen.until("SCHEDULE_FAILED");
  await app.client.backups.savePolicy.mutate({ ...policy, enabled: false });
  await seen.until();
  context.runtime.live.composeFile.setFault("the template is broken");
  await seen.until("COMPOSE_FILE_STALE");
  context.runtime.live.composeFile.setFault(null);
  await seen.until();
  await context.store.deleteInstance("anna");
  context.runtime.live.board.removeSpec("anna");
  await context.runtime.live.observer.refresh("anna");
  await seen.until("ORPHAN_CONTAINERS");
});

test("a restore that somebody has to decide about is told until they have", async () => {
  await using app = await createTestApp();
  const { context } = app;
  await createInstance(context, { id: "anna", name: "Anna", start: false });
  const uid = uidOf(app, "anna");
  const copy = snapshotOf({ id: "s1", instanceId: "anna", uid, undecided: true });
  await context.store.saveBackup(backupOf({ createdAt: new Date().toISOString() }));
  await context.store.insertReplacement(replacementOf({ instanceId: "anna" }));
  await context.store.finishReplacement("anna", copy);
  using seen = watchConditions(app.client);
  await seen.until(`RESTORE_UNDECIDED/${uid}/s1`);
  await keepRestored(context, "s1");
  await seen.until();
});
