import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { createTransferMeter } from "../../runtime/transfer-meter.ts";
import { type BackupRun, createBackupRun } from "./backup-run.ts";

/** A run of a job that does nothing but `act`; answers with the job when it has ended. */
async function runOf(act: (run: BackupRun) => Promise<void>, cancel = false) {
  await using panel = await createTestPanel();
  const { jobs } = panel.context.runtime;
  const { id } = await jobs.begin({
    kind: "backup",
    instanceId: null,
    work: async (job) => {
      const instances = [{ id: "anna", name: "Anna", bytes: 1, restarts: false }];
      const options = { job, now: () => 0, passes: ["copying"] as const, instances };
      using meter = createTransferMeter(options);
      await act(createBackupRun(panel.context, job, meter));
      return null;
    },
  });
  if (cancel) await jobs.cancel(id);
  const job = await jobs.finished(id);
  return { job, log: (await jobs.log(id)).map(({ text }) => text) };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((_, reject) =>
    signal.addEventListener("abort", () => reject(new Error("late"))),
  );

const EACH = ["anna", "ben", "cora"].map((id) => ({ id }));

test("what goes wrong with one is its own failure; the others go on, and the job is partial", async () => {
  const done: string[] = [];
  const { job, log } = await runOf((run) =>
    run.forEach(EACH, async ({ id }) => {
      if (id === "anna") throw new DomainError("FILES_DENIED", "Its folder is odd.");
      done.push(id);
    }),
  );
  expect(done).toEqual(["ben", "cora"]);
  const failed = [{ id: "anna", reason: "FILES_DENIED", message: "Its folder is odd." }];
  expect(job).toMatchObject({ status: "partial", error: null, result: { failed } });
  expect(job.detail?.instances).toMatchObject([{ phase: "failed", problem: "Its folder is odd." }]);
  expect(log).toContain("anna: Its folder is odd.");
});

test("one that has failed is left out of what follows", async () => {
  const seen: string[] = [];
  await runOf(async (run) => {
    run.fail("ben", new DomainError("BUSY", "It is busy."));
    await run.forEach(EACH, async ({ id }) => void seen.push(id));
  });
  expect(seen).toEqual(["anna", "cora"]);
});

test("what concerns all gives up the others, waits for them, and is told", async () => {
  let ended = 0;
  const { job } = await runOf((run) =>
    run.forEach(EACH, async ({ id }) => {
      if (id === "ben") throw new DomainError("DISK_FULL", "The disk is full.");
      await untilAborted(run.signal).finally(() => {
        ended += 1;
      });
    }),
  );
  expect(job).toMatchObject({ status: "failed", error: { reason: "DISK_FULL" }, result: null });
  expect(ended).toBe(2);
});

test("an engine that answers, but not for one container, is the failure of that one", async () => {
  const silent = new DomainError("ENGINE_UNREACHABLE", "No answer within 30 seconds.");
  const { job } = await runOf((run) =>
    run.forEach(EACH, async ({ id }) => {
      if (id === "cora") throw silent;
    }),
  );
  expect(job).toMatchObject({ status: "partial", result: { failed: [{ id: "cora" }] } });
});

test("a job that is cancelled gives up what it does", async () => {
  const { job } = await runOf(
    (run) => run.forEach([{ id: "anna" }], () => untilAborted(run.signal)),
    true,
  );
  expect(job.status).toBe("cancelled");
});

test("an instance that was deleted is said to be left out, in the log and in its line", async () => {
  const { job, log } = await runOf(async (run) => run.leaveOut("anna", "It was deleted."));
  expect(job.status).toBe("succeeded");
  expect(job.detail?.instances).toMatchObject([{ phase: "failed", problem: "It was deleted." }]);
  expect(log).toContain("anna: It was deleted.");
});
