import { type BackupPolicy, DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { describe, expect, test, vi } from "vitest";
import { LOOK_MS, START_MS } from "../src/services/backup/schedule/backup-scheduler.ts";
import { getPolicy } from "../src/services/backup/schedule/get-policy.ts";
import { savePolicy } from "../src/services/backup/schedule/save-policy.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { eventually } from "./support/deadline.ts";
import { FakeHost } from "./support/fake-host.ts";
import { addScheduled } from "./support/scheduled-backups.ts";
import { createTestApp, homeOfTest, type TestApp } from "./support/test-app.ts";

const DAY = 86_400_000;

vi.setConfig({ testTimeout: 60_000 });

/**
 * Lets time pass, and all that goes by the clock do what is due. As many sleep as before also while
 * the one that makes a backup is awake and another has begun to sleep: so its run must be over, too.
 */
async function pass({ host, context }: TestApp, ms: number): Promise<void> {
  const { asleep } = host;
  host.advance(ms);
  await eventually(async () => {
    expect(host.asleep).toBe(asleep);
    expect((await getPolicy(context)).lastRun?.status).not.toBe("running");
  }, 15_000);
}

test("a panel with a schedule makes backups by itself, keeps as many as it should, and the instance runs", async () => {
  await using app = await createTestApp();
  await app.client.instances.create.mutate({ id: "anna", name: "Anna" });
  await app.until("anna", "running");
  await app.client.backups.savePolicy.mutate({
    ...DEFAULT_BACKUP_POLICY,
    ...{ enabled: true, keepLast: 2, keepDaily: 0, keepWeekly: 0 },
  });
  const manual = await app.client.backups.create.mutate({ note: "by hand" });
  await app.context.runtime.jobs.finished(manual.id);
  await pass(app, START_MS);
  for (let day = 0; day < 4; day++) await pass(app, DAY);
  const backups = await app.context.store.listBackups();
  expect(backups.map(({ createdBy }) => createdBy)).toEqual(["schedule", "schedule", "admin"]);
  expect(backups[0]).toMatchObject({ instances: [{ id: "anna" }], fault: null });
  const { lastRun, nextRun, waiting } = await getPolicy(app.context);
  expect([lastRun?.status, waiting]).toEqual(["succeeded", null]);
  expect(Date.parse(nextRun ?? "")).toBeGreaterThan(app.host.now());
  await app.until("anna", "running");

  const filter = { user: "schedule", limit: 100, before: null };
  const entries = await app.context.store.listAudit(filter);
  expect(entries.every(({ via, result }) => via?.kind === "schedule" && result === "ok")).toBe(
    true,
  );
  const acts = entries.map(({ action, instanceIds: [id] }) => `${action} ${id}`).reverse();
  const run = ["backups.create anna", "backups.finish anna"];
  expect(acts).toEqual([
    ...run,
    ...run,
    ...run,
    "backups.remove anna",
    ...run,
    "backups.remove anna",
  ]);
  const made = entries
    .filter(({ action }) => action === "backups.finish")
    .map(({ object }) => object);
  expect(made.slice(0, 2)).toEqual(backups.slice(0, 2).map(({ id }) => id));
});

test("a schedule waits for a backup that somebody makes by hand", async () => {
  await using app = await createTestApp();
  const held = await due(app);
  await held.end();
  await idle(app, held);
  const { waiting, lastRun } = await getPolicy(app.context);
  expect([waiting, lastRun?.status]).toEqual([null, "succeeded"]);
  const backups = await app.context.store.listBackups();
  expect(backups.map(({ createdBy }) => createdBy)).toEqual(["schedule", "admin"]);
});

test("a run that waits when the panel ends is made up for at its next start", async () => {
  const home = await homeOfTest();
  {
    await using app = await createTestApp({ home });
    await due(app);
    app.faults.die();
  }
  const host = new FakeHost();
  host.advance(2 * DAY);
  await using app = await createTestApp({ home, host });
  expect((await getPolicy(app.context)).lastRun).toBeNull();
  // A panel that has just started: not all that will sleep is asleep, so `pass` has no number to go by.
  host.advance(START_MS);
  await eventually(async () => {
    expect((await getPolicy(app.context)).lastRun?.status).toBe("succeeded");
  }, 15_000);
  const backups = await app.context.store.listBackups();
  expect(backups.map(({ createdBy }) => createdBy)).toEqual(["schedule"]);
});

describe("a run that waits for its turn is not made by a schedule that", () => {
  test("is switched off meanwhile", async () => {
    await using app = await createTestApp();
    const held = await due(app);
    await savePolicy(app.context, DEFAULT_BACKUP_POLICY);
    await held.end();
    await idle(app, held);
    expect(await getPolicy(app.context)).toMatchObject({ waiting: null, lastRun: null });
    const [newest] = await app.context.runtime.jobs.list();
    expect(newest).toMatchObject({
      ...{ kind: "backup", begunBy: "schedule", status: "failed", startedAt: null },
      error: { reason: "CANCELLED", message: expect.stringMatching(/switched off while this/) },
    });
    await pass(app, LOOK_MS);
    expect((await app.context.store.listBackups()).map((each) => each.createdBy)).toEqual([
      "admin",
    ]);
  });

  test("is changed meanwhile, but by the new one", async () => {
    await using app = await createTestApp();
    const held = await due(app);
    const { context } = app;
    await createInstance(context, { id: "ben", name: "Ben", start: false });
    const changed = { ...DEFAULT_BACKUP_POLICY, enabled: true, instanceIds: ["ben"] };
    await savePolicy(context, changed);
    await held.end();
    await idle(app, held);
    expect((await context.runtime.jobs.list())[0]?.error?.message).toMatch(
      /was changed while this/,
    );
    await pass(app, LOOK_MS);
    const [made, ...others] = await context.store.listBackups();
    expect(made).toMatchObject({ createdBy: "schedule", instances: [{ id: "ben" }] });
    expect(others.map((each) => each.createdBy)).toEqual(["admin"]);
    expect((await getPolicy(context)).lastRun?.status).toBe("succeeded");
  });
});

test("what is kept is what the policy says when the backup is done", async () => {
  await using app = await createTestApp();
  const { context } = app;
  await addScheduled(context, ["2020-01-01", "2020-01-02", "2020-01-03"]);
  const held = await due(app, { keepLast: 1, keepDaily: 0, keepWeekly: 0 });
  await savePolicy(context, {
    ...DEFAULT_BACKUP_POLICY,
    enabled: true,
    keepLast: 1_000,
  });
  await held.end();
  await idle(app, held);
  expect((await getPolicy(context)).lastRun?.status).toBe("succeeded");
  expect(await context.store.listBackups()).toHaveLength(5);
});

/** Waits until the schedule sleeps again. */
function idle(app: TestApp, { asleep }: { asleep: number }): Promise<void> {
  return eventually(() => expect(app.host.asleep).toBe(asleep), 15_000);
}

/** A run is due while a backup that somebody makes by hand is at work. */
async function due(
  app: TestApp,
  policy: Partial<BackupPolicy> = {},
): Promise<{ asleep: number; end: () => Promise<unknown> }> {
  const { client, context, faults, host } = app;
  await client.instances.create.mutate({ id: "anna", name: "Anna", start: false });
  await client.backups.savePolicy.mutate({ ...DEFAULT_BACKUP_POLICY, enabled: true, ...policy });
  await pass(app, START_MS);
  const paused = faults.pauseNext("archives.pack");
  const manual = await client.backups.create.mutate({});
  await paused.reached;
  const { asleep } = host;
  host.advance(DAY);
  await eventually(async () =>
    expect(await getPolicy(context)).toMatchObject({
      waiting: expect.stringMatching(/^Another backup or a restore is at work/),
      lastRun: null,
    }),
  );
  const end = () => {
    paused.resume();
    return context.runtime.jobs.finished(manual.id);
  };
  return { asleep, end };
}
