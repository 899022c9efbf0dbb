import { DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import type { JobOf } from "@claw/core/job";
import { expect, test } from "vitest";
import { backupOf, jobOf } from "../../../../tests/support/specs.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import type { AppContext } from "../../../context.ts";
import { writeLastRun } from "./policy-records.ts";
import {
  recordBegun,
  recordEnded,
  recordLeftOpen,
  recordPruned,
} from "./scheduled-audit-events.ts";

const POLICY = { ...DEFAULT_BACKUP_POLICY, instanceIds: ["anna"] };
const DETAIL = {
  ...{ bytes: 0, totalBytes: 1, files: 0, bytesPerSecond: 0, secondsLeft: null },
  instances: [
    {
      ...{ id: "anna", name: "Anna", phase: "copying" as const, bytes: 0, totalBytes: 1 },
      ...{ files: 0, bytesPerSecond: 0, secondsLeft: null, downMs: null, problem: null },
    },
  ],
};

/** The audit events, newest first; asserts that the schedule caused all of them. */
async function trail(ctx: AppContext) {
  const entries = await ctx.store.listAudit({ limit: 100, before: null });
  for (const { user, via, address } of entries)
    expect([user, via?.kind, address]).toEqual(["schedule", "schedule", ""]);
  return entries.map(({ action, instanceIds, object, result }) => [
    action,
    instanceIds.join(),
    object,
    result,
  ]);
}

test("a backup that was begun, one that could not be, and one that was let go are written down", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await recordBegun(context, POLICY, { jobId: "j1" });
  await recordBegun(context, POLICY, { error: new DomainError("DISK_FULL", "Full.") });
  await recordBegun(context, POLICY, { error: new Error("odd") });
  const instances = [{ id: "anna", name: "Anna", bytes: 1, files: 1 }];
  await recordPruned(context, [backupOf({ id: "b0", instances })]);
  expect(await trail(context)).toEqual([
    ["backups.remove", "anna", "b0", "ok"],
    ["backups.create", "anna", null, "INTERNAL"],
    ["backups.create", "anna", null, "DISK_FULL"],
    ["backups.create", "anna", "j1", "ok"],
  ]);
});

test("the end of one names its backup, or the job and why there is no backup", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const instances = [{ id: "anna", name: "Anna", bytes: 1, files: 1 }];
  await context.store.saveBackup(backupOf({ id: "b1", instances }));
  const job = { id: "j1", kind: "backup", instanceId: null, detail: DETAIL } as const;
  const error = { reason: "ENGINE_FAILED" as const, message: "Docker said no." };
  const ended = (patch: Partial<JobOf<"backup">>) =>
    recordEnded(context, jobOf({ ...job, ...patch }));
  await ended({ status: "succeeded", result: { backupId: "b1" } });
  await ended({ status: "failed", error });
  await ended({ status: "cancelled" });
  const failed = [{ id: "ben", ...error }];
  const [line] = DETAIL.instances;
  const both = line ? [line, { ...line, id: "ben" }] : [];
  const result = { backupId: "b1", failed };
  await ended({ status: "partial", result, detail: { ...DETAIL, instances: both } });
  expect(await trail(context)).toEqual([
    ["backups.finish", "anna,ben", "b1", "partial"],
    ["backups.finish", "anna", "j1", "CANCELLED"],
    ["backups.finish", "anna", "j1", "ENGINE_FAILED"],
    ["backups.finish", "anna", "b1", "ok"],
  ]);
});

test("one that a crash ended is written down at the next start, and once", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await recordLeftOpen(context);
  const error = { reason: "INTERRUPTED" as const, message: "The panel was ended." };
  const job = jobOf({ id: "j1", kind: "backup", instanceId: null, detail: DETAIL });
  await context.store.saveJob({ ...job, status: "failed", error });
  await writeLastRun(context, { at: "2026-05-01T03:00:00.000Z", jobId: "j1", message: null });
  await recordLeftOpen(context);
  await recordLeftOpen(context);
  expect(await trail(context)).toEqual([["backups.finish", "anna", "j1", "INTERRUPTED"]]);
});
