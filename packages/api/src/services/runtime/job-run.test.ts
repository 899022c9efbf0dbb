import type { BatchResult } from "@claw/core/batch";
import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { jobOf } from "../../../tests/support/specs.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { type JobRequest, type RunningJob, runJob } from "./job-run.ts";

const BATCH: BatchResult = { action: "stop", deleteData: false, results: [], underWay: [] };

async function aRun({ turn = null }: { turn?: RunningJob["turn"] } = {}) {
  const panel = await createTestPanel();
  const { store, host, log } = panel.context;
  const entry: RunningJob = {
    job: jobOf({ id: "j1", kind: "batch", status: turn ? "queued" : "running", result: null }),
    request: { kind: "batch", instanceId: null },
    turn,
    begun: Promise.withResolvers(),
    log: [],
    abort: new AbortController(),
    done: Promise.resolve(),
  };
  let changes = 0;
  const options = { store, host, log, onChange: () => void changes++ };
  const run = (work: JobRequest<"batch">["work"]) => runJob(entry, work, options);
  return { panel, entry, run, changes: () => changes };
}

test("a job ends with the result of its work, and is partial when it left somebody out", async () => {
  const { panel, entry, run, changes } = await aRun();
  await using _ = panel;
  await run(async (job) => {
    job.report(0.5, "batch.stop");
    job.report(0.2, "batch.stop");
    expect(entry.job.progress).toBe(0.5);
    job.failed({ id: "a", reason: "BUSY", message: "It is busy." });
    return BATCH;
  });
  const failed = [{ id: "a", reason: "BUSY", message: "It is busy." }];
  expect(entry.job).toMatchObject({
    ...{ status: "partial", progress: 1, error: null, result: { ...BATCH, failed } },
    finishedAt: expect.any(String),
  });
  expect(entry.log.map(({ text }) => text)).toEqual([
    ...["batch.stop", "a: It is busy.", "partial"],
  ]);
  expect(changes()).toBeGreaterThan(4);
});

test("a job that leaves something open is partial, whatever else went well", async () => {
  const { panel, entry, run } = await aRun();
  await using _ = panel;
  await run(async (job) => {
    job.incomplete();
    return BATCH;
  });
  expect(entry.job).toMatchObject({ status: "partial", error: null, result: BATCH });
});

test("one that fails keeps what it told, and only what nobody expects is in the panel's log", async () => {
  for (const [error, reason, isLogged] of [
    [new DomainError("BUSY", "It is busy."), "BUSY", false],
    [new Error("nobody expects this"), "INTERNAL", true],
  ] as const) {
    const { panel, entry, run } = await aRun();
    await using _ = panel;
    await run(async (job) => {
      job.result(BATCH);
      throw error;
    });
    expect(entry.job).toMatchObject({ status: "failed", error: { reason }, result: BATCH });
    expect(panel.logged.join("").includes("nobody expects this")).toBe(isLogged);
  }
});

test("one that is cancelled has no error, whatever its work throws", async () => {
  const { panel, entry, run } = await aRun();
  await using _ = panel;
  await run(async () => {
    entry.abort.abort();
    throw new Error("torn down");
  });
  expect(entry.job).toMatchObject({ status: "cancelled", error: null });
  expect(panel.logged.join("")).not.toContain("torn down");
});

test("one that waits begins in its turn, on disk first, unless its permission is withdrawn", async () => {
  const turn = Promise.withResolvers<void>();
  const { panel, entry, run } = await aRun({ turn });
  await using _ = panel;
  const ran = run(async () => {
    expect(await panel.context.store.findJob("j1")).toMatchObject({ status: "running" });
    return BATCH;
  });
  expect(entry.job.status).toBe("queued");
  turn.resolve();
  await ran;
  await entry.begun.promise;
  expect(entry.job.status).toBe("succeeded");

  const refused = await aRun({ turn });
  await using __ = refused.panel;
  refused.entry.request.mayBegin = () => Promise.reject(new DomainError("FORBIDDEN", "No."));
  await refused.run(() => Promise.reject(new Error("it must not begin")));
  expect(refused.entry.job).toMatchObject({ status: "failed", error: { reason: "FORBIDDEN" } });
});

test("its log keeps the last thousand lines, and a step is told once", async () => {
  const { panel, entry, run } = await aRun();
  await using _ = panel;
  await run(async (job) => {
    for (let n = 0; n < 1_100; n++) job.note(`line ${n}`);
    return BATCH;
  });
  expect(entry.log).toHaveLength(1_000);
  expect(entry.log.at(-1)?.text).toBe("succeeded");
});

test("its progress is on disk at most every half second, and all of it when it asks", async () => {
  const { panel, run } = await aRun();
  await using _ = panel;
  const { faults, host } = panel;
  faults.record();
  const saves = () => faults.calls.filter(({ method }) => method === "store.saveJob").length;
  await run(async (job) => {
    job.report(0.1, "batch.stop");
    const first = saves();
    for (let n = 0; n < 50; n++) job.report(n / 100, "batch.stop");
    expect(saves()).toBe(first);
    host.advance(500);
    job.report(0.6, "batch.stop");
    expect(saves()).toBe(first + 1);
    await job.save();
    expect(await panel.context.store.findJob("j1")).toMatchObject({ progress: 0.6 });
    return BATCH;
  });
});
