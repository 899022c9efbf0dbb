import { DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { expect, test, vi } from "vitest";
import { LOOK_MS, START_MS } from "../src/services/backup/backup-scheduler.ts";
import { getPolicy } from "../src/services/backup/get-policy.ts";
import { eventually } from "./support/deadline.ts";
import { createTestApp, type TestApp } from "./support/test-app.ts";

const DAY = 86_400_000;

vi.setConfig({ testTimeout: 60_000 });

/** Lets time pass, and the schedule look at the clock. */
async function pass({ host }: TestApp, ms: number): Promise<void> {
  host.advance(ms);
  await eventually(() => expect(host.asleep).toBe(1), 15_000);
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
  await app.context.jobs.finished(manual.id);
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
  await app.client.instances.create.mutate({ id: "anna", name: "Anna", start: false });
  await app.client.backups.savePolicy.mutate({ ...DEFAULT_BACKUP_POLICY, enabled: true });
  await pass(app, START_MS);
  const paused = app.faults.pauseNext("archives.write");
  const manual = await app.client.backups.create.mutate({});
  await paused.reached;
  await pass(app, DAY);
  expect((await getPolicy(app.context)).waiting).toMatch(/\.$/);
  paused.resume();
  await app.context.jobs.finished(manual.id);
  for (let look = 0; look < 16; look++) await pass(app, LOOK_MS);
  expect((await getPolicy(app.context)).waiting).toBeNull();
  const backups = await app.context.store.listBackups();
  expect(backups.map(({ createdBy }) => createdBy)).toEqual(["schedule", "admin"]);
});
