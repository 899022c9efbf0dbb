import { DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { createTestPanel, type TestPanel } from "../../../../tests/support/test-app.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { readDoneUntil, readLastRun } from "./policy-records.ts";
import { createRunMark } from "./run-mark.ts";
import { type RunParts, runScheduled } from "./scheduled-run.ts";

const POLICY = { ...DEFAULT_BACKUP_POLICY, enabled: true, timezone: "UTC" };

/** A run that is due now, and fails to begin with `error`. */
async function runThatFails(panel: TestPanel, error: unknown) {
  const create: RunParts["create"] = () => Promise.reject(error);
  const { signal } = new AbortController();
  const mark = createRunMark(panel.context);
  const over = new Promise<void>(() => {});
  const why = await runScheduled(panel.context, POLICY, { create, mark, signal, over });
  return { why, done: await readDoneUntil(panel.context), last: await readLastRun(panel.context) };
}

test("a run that is refused for now says why, and stays due", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const outcome = await runThatFails(panel, new DomainError("BUSY", "A restore is at work."));
  expect(outcome).toEqual({ why: "A restore is at work.", done: null, last: null });
});

test("a run that fails otherwise counts as done, and as failed", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const outcome = await runThatFails(panel, new DomainError("DISK_FULL", "The disk is full."));
  expect(outcome.why).toBeNull();
  expect(outcome.done).not.toBeNull();
  expect(outcome.last).toMatchObject({ jobId: null, message: "The disk is full." });
});

test("without an instance nothing is made, and nothing stays due", async () => {
  await using panel = await createTestPanel();
  const outcome = await runThatFails(panel, new Error("it was begun"));
  expect(outcome).toMatchObject({ why: null, last: null, done: expect.any(Number) });
});
