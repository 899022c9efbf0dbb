import type { Job } from "@claw/core/job";
import { expect, test } from "vitest";
import { withInstances } from "../../tests/support/backup-home.ts";
import { eventually } from "../../tests/support/deadline.ts";
import { backupIdOf } from "../../tests/support/job-results.ts";
import { createTestApp, type TestApp } from "../../tests/support/test-app.ts";

async function ended(app: TestApp, { id }: { id: string }): Promise<Job> {
  return eventually(async () => {
    const job = await app.client.jobs.get.query({ id });
    expect(job.finishedAt).not.toBeNull();
    return job;
  }, 20_000);
}

test("a backup is made, listed, watched, checked, pinned, noted and deleted, on real archives", async () => {
  await using app = await createTestApp({ onDisk: true });
  await withInstances(app, ["anna", "ben"], ["ben"]);
  const { backups } = app.client;
  const counts: number[] = [];
  const subscription = backups.watch.subscribe(undefined, {
    onData: (event) => counts.push(event.backups.length),
  });
  await eventually(() => expect(counts).toEqual([0]));

  const made = await ended(app, await backups.create.mutate({ note: "first" }));
  expect(made).toMatchObject({ kind: "backup", status: "succeeded", progress: 1 });
  const id = backupIdOf(made);
  const backup = await backups.get.query({ id });
  expect(await backups.list.query()).toEqual([backup]);
  expect(backup).toMatchObject({
    id,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    instanceCount: 2,
    instances: [
      { id: "anna", name: "Name of anna", files: 2 },
      { id: "ben", files: 2 },
    ],
    note: "first",
    createdBy: "admin",
  });
  await app.until("anna", "running");

  const checked = await ended(app, await backups.verify.mutate({ id }));
  expect(checked).toMatchObject({ status: "succeeded", result: { opened: true } });
  expect(await backups.update.mutate({ id, pinned: true })).toMatchObject({
    pinned: true,
    note: "first",
  });
  expect(await backups.update.mutate({ id, note: " " })).toMatchObject({
    pinned: true,
    note: null,
  });
  expect(await backups.remove.mutate({ id })).toEqual({ id });
  await eventually(() => expect([counts.at(-1), counts.includes(1)]).toEqual([0, true]));
  subscription.unsubscribe();
  expect(await app.context.disk.repository.list()).toEqual([]);
});

test("what is refused says why", async () => {
  await using app = await createTestApp();
  const { backups } = app.client;
  const gone = { data: { code: "NOT_FOUND", reason: "BACKUP_NOT_FOUND" } };
  for (const call of [backups.remove, backups.verify, backups.update])
    await expect(call.mutate({ id: "x" })).rejects.toMatchObject(gone);
  await expect(backups.get.query({ id: "x" })).rejects.toMatchObject(gone);
  await expect(backups.create.mutate({ instanceIds: ["nobody"] })).rejects.toMatchObject({
    data: { code: "NOT_FOUND", reason: "INSTANCE_NOT_FOUND" },
  });
  await expect(backups.create.mutate({ instanceIds: [] })).rejects.toMatchObject({
    data: { code: "BAD_REQUEST" },
  });
});
