import { DomainError } from "@claw/core/errors";
import type { InstanceFailure } from "@claw/core/job";
import { expect, test } from "vitest";
import type { JobHandle } from "../runtime/jobs.ts";
import { createBatchRecord } from "./batch-record.ts";

function aJob() {
  const results: unknown[] = [];
  const steps: [number, string][] = [];
  const failures: InstanceFailure[] = [];
  const job: JobHandle = {
    id: "j1",
    signal: new AbortController().signal,
    report: (progress, step) => void steps.push([progress, step]),
    detail: () => {},
    result: (result) => void results.push(result),
    failed: (failure) => void failures.push(failure),
    note: () => {},
  };
  return { job, results, steps, failures };
}

test("the job says from its first moment on what is done, and then to which", () => {
  const { job, results, steps, failures } = aJob();
  const record = createBatchRecord(job, { action: "stop", ids: ["a", "b", "c", "d"] });
  const empty = { action: "stop", deleteData: false, results: [], underWay: [] };
  expect(results).toEqual([empty]);
  record.begin("a");
  record.begin("b");
  expect(results.at(-1)).toEqual({ ...empty, underWay: ["a", "b"] });
  record.done("a");
  record.fail("b", new DomainError("BUSY", "It is busy."));
  record.begin("c");
  record.fail("c", new Error("boom"));
  record.leave("d");
  expect(results.at(-1)).toEqual({
    ...empty,
    results: [
      { id: "a", ok: true },
      { id: "b", ok: false, reason: "BUSY", message: "It is busy." },
      { id: "c", ok: false, reason: "INTERNAL", message: "boom" },
      { id: "d", ok: false, reason: "CANCELLED", message: expect.stringMatching(/cancelled/) },
    ],
  });
  expect(steps.at(-1)).toEqual([1, "batch.stop"]);
  // One that was left has not failed.
  expect(failures.map(({ id }) => id)).toEqual(["b", "c"]);
});

test("what was told stays as it was", () => {
  const { job, results } = aJob();
  const record = createBatchRecord(job, {
    action: "remove",
    ids: ["a"],
    options: { deleteData: true },
  });
  record.begin("a");
  record.done("a");
  expect(results[0]).toEqual({ action: "remove", deleteData: true, results: [], underWay: [] });
  expect(record.current()).toEqual(results.at(-1));
});
