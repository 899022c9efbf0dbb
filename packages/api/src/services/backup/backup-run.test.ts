import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { type BackupRun, createBackupRun } from "./backup-run.ts";
import { createTransferMeter } from "./transfer-meter.ts";

/** A run of a job that does nothing but `act`; answers with the job when it has ended. */
async function runOf(act: (run: BackupRun) => Promise<void>, cancel = false) {
  await using panel = await createTestPanel();
  const { jobs } = panel.context;
  const { id } = await jobs.begin({
    kind: "backup",
    instanceId: null,
    work: async (job) => {
      const instances = [{ id: "anna", name: "Anna", bytes: 1, restarts: false }];
      const options = { job, now: () => 0, passes: ["copying"] as const, instances };
      using meter = createTransferMeter(options);
      await act(createBackupRun(panel.context, job, meter));
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

test("when one fails the others are given up and waited for, and the first failure is told", async () => {
  let ended = 0;
  const { job } = await runOf((run) =>
    run.forEach([1, 2, 3], async (each) => {
      if (each === 2) throw new Error("the second failed");
      await untilAborted(run.signal).finally(() => {
        ended += 1;
      });
    }),
  );
  expect(job.error?.message).toBe("the second failed");
  expect(ended).toBe(2);
});

test("a job that is cancelled gives up what it does", async () => {
  const { job } = await runOf((run) => run.forEach([1], () => untilAborted(run.signal)), true);
  expect(job.status).toBe("cancelled");
});

test("an instance that is left out is said to be, in the log and in its line", async () => {
  const { job, log } = await runOf(async (run) => run.leaveOut("anna", "It was deleted."));
  expect(job.status).toBe("succeeded");
  expect(job.detail?.instances).toMatchObject([{ phase: "failed", problem: "It was deleted." }]);
  expect(log).toContain("anna: It was deleted.");
});
