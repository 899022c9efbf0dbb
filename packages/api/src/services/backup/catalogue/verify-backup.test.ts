import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Unlock } from "@claw/core/backup/backup";
import { expect, test } from "vitest";
import { backUp, withInstances } from "../../../../tests/support/backup-home.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { removeBackup } from "./remove-backup.ts";
import { verifyBackup } from "./verify-backup.ts";

const passphrase = "correct horse battery";

async function setUp(encrypted = false) {
  const panel = await createTestPanel();
  await withInstances(panel, ["anna", "ben"], ["anna", "ben"]);
  const encryption = { kind: "passphrase", passphrase } as const;
  await backUp(panel, { instanceIds: ["anna"], ...(encrypted && { encryption }) });
  const [backup] = await panel.context.store.listBackups();
  if (!backup) throw new Error("there is no backup");
  const file = path.join(panel.home, "backup", backup.filename);
  const {
    store,
    runtime: { jobs },
  } = panel.context;
  const verify = async (unlock?: Unlock) =>
    jobs.finished((await verifyBackup(panel.context, { id: backup.id, unlock })).id);
  return { panel, backup, file, verify, record: () => store.findBackup(backup.id) };
}

test("a backup that is whole is said to be, with the time", async () => {
  const { panel, backup, verify, record } = await setUp();
  await using _ = panel;
  panel.host.advance(60_000);
  expect(await verify()).toMatchObject({
    kind: "verify",
    status: "succeeded",
    result: { opened: true },
    detail: { instances: [{ id: "anna", phase: "done" }] },
  });
  const { verifiedAt, fault } = (await record()) ?? {};
  expect(Date.parse(verifiedAt ?? "")).toBeGreaterThan(Date.parse(backup.verifiedAt ?? ""));
  expect(fault).toBeNull();
});

test("what is wrong with a damaged one is recorded, until it is found whole again", async () => {
  const { panel, file, verify, record } = await setUp();
  await using _ = panel;
  const bytes = await readFile(file);
  await writeFile(file, Buffer.concat([bytes.subarray(0, 200), bytes.subarray(201)]));
  const job = await verify();
  expect(job).toMatchObject({ status: "failed", error: { reason: "ARCHIVE_INVALID" } });
  expect(await record()).toMatchObject({ verifiedAt: null, fault: job.error?.message });
  await writeFile(file, bytes);
  expect(await verify()).toMatchObject({ status: "succeeded" });
  expect(await record()).toMatchObject({ verifiedAt: expect.any(String), fault: null });
});

test("one whose file is gone says so", async () => {
  const { panel, file, verify, record } = await setUp();
  await using _ = panel;
  await rm(file);
  expect((await verify()).error?.message).toMatch(/not in the backup folder/);
  expect((await record())?.fault).toMatch(/not in the backup folder/);
});

test("one in whose place another whole file lies is not taken for the one that was made", async () => {
  const { panel, file, verify, record } = await setUp();
  await using _ = panel;
  await backUp(panel, { instanceIds: ["ben"], note: "other" });
  const other = (await panel.context.store.listBackups()).find(({ note }) => note === "other");
  await rename(path.join(panel.home, "backup", other?.filename ?? ""), file);
  expect((await verify()).error?.message).toMatch(/not the one that the panel listed/);
  expect((await record())?.fault).toMatch(/not the one/);
});

test("an encrypted one is read as it is, or opened with what opens it", async () => {
  const { panel, verify, record } = await setUp(true);
  await using _ = panel;
  expect(await verify()).toMatchObject({ result: { opened: false } });
  expect(await verify({ passphrase })).toMatchObject({ result: { opened: true } });
  const wrong = await verify({ passphrase: "wrong horse battery" });
  expect(wrong).toMatchObject({ status: "failed", error: { reason: "ARCHIVE_LOCKED" } });
  expect(await record()).toMatchObject({ fault: null, verifiedAt: expect.any(String) });
});

test("it cannot be deleted meanwhile, and one that is gone cannot be checked", async () => {
  const { panel, backup } = await setUp();
  await using _ = panel;
  const reading = panel.faults.pauseNext("archives.verify");
  const { id } = await verifyBackup(panel.context, { id: backup.id });
  await reading.reached;
  await rejects(removeBackup(panel.context, backup.id), "BUSY");
  reading.resume();
  await panel.context.runtime.jobs.finished(id);
  await removeBackup(panel.context, backup.id);
  await rejects(verifyBackup(panel.context, { id: backup.id }), "BACKUP_NOT_FOUND");
});
