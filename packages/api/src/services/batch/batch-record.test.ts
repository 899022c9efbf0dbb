import { DomainError } from "@claw/core/errors";
import type { InstanceFailure } from "@claw/core/job-result";
import { expect, test } from "vitest";
import type { JobHandle } from "../runtime/job-run.ts";
import { createBatchRecord } from "./batch-record.ts";

const before = (id: string) => ({
  ...{ id, uid: `uid of ${id}`, name: id, port: 20_000 },
  ...{ desired: "running" as const, group: null, tags: [] },
});

function aJob() {
  const results: unknown[] = [];
  const steps: [number, string][] = [];
  const failures: InstanceFailure[] = [];
  const saved: unknown[] = [];
  const job: JobHandle<"batch"> = {
    id: "j1",
    signal: new AbortController().signal,
    report: (progress, step) => void steps.push([progress, step]),
    detail: () => {},
    result: (result) => void results.push(result),
    failed: (failure) => void failures.push(failure),
    incomplete: () => {},
    note: () => {},
    save: async () => void saved.push(structuredClone(results.at(-1))),
  };
  return { job, results, steps, failures, saved };
}

test("the job says from its first moment on what is done, and then to which", () => {
  const { job, results, steps, failures } = aJob();
  const request = { action: "stop" as const, ids: ["a", "b", "c", "d"] };
  const record = createBatchRecord(job, request);
  const empty = {
    ...{ action: "stop", deleteData: false, results: [], underWay: [] },
    ...{ paused: false, making: [], before: [], request },
  };
  expect(results).toEqual([empty]);
  record.begin("a", { before: before("a"), made: null });
  record.begin("b", { before: null, made: null });
  expect(results.at(-1)).toEqual({ ...empty, underWay: ["a", "b"], before: [before("a")] });
  record.done("a");
  record.fail("b", new DomainError("BUSY", "It is busy."));
  record.begin("c", { before: null, made: null });
  record.fail("c", new Error("boom"));
  record.leave("d");
  expect(results.at(-1)).toEqual({
    ...empty,
    before: [before("a")],
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
  const options = { deleteData: true };
  const request = { action: "remove" as const, ids: ["a"], options };
  const record = createBatchRecord(job, request);
  record.begin("a", { before: before("a"), made: null });
  record.done("a");
  expect(results[0]).toMatchObject({ action: "remove", deleteData: true, results: [], before: [] });
  expect(record.current()).toEqual(results.at(-1));
});

test("what begins is on disk before it begins, and what ended when it has", async () => {
  const { job, saved } = aJob();
  const record = createBatchRecord(job, { action: "stop", ids: ["a", "b"] }, "j0");
  await record.begin("a", { before: before("a"), made: null });
  expect(saved.at(-1)).toMatchObject({ underWay: ["a"], before: [before("a")], undoes: "j0" });
  await record.done("a");
  expect(saved.at(-1)).toMatchObject({ underWay: [], results: [{ id: "a", ok: true }] });
  await record.begin("b", { before: before("b"), made: null });
  await record.fail("b", new DomainError("BUSY", "It is busy."));
  expect(saved.at(-1)).toMatchObject({
    underWay: [],
    results: [{ id: "a" }, { id: "b", ok: false }],
  });
  expect(saved).toHaveLength(4);
});

test("the identity of what is created is on disk before it is, and stays with the result", async () => {
  const { job, saved } = aJob();
  const instances = ["a", "b", "c"].map((id) => ({ id, name: id, start: false }));
  const record = createBatchRecord(job, { action: "create", instances });
  await record.begin("a", { before: null, made: { uid: "1" } });
  await record.begin("b", { before: null, made: { uid: "2", hadData: true } });
  expect(saved.at(-1)).toMatchObject({
    underWay: ["a", "b"],
    making: [
      { id: "a", uid: "1" },
      { id: "b", uid: "2", hadData: true },
    ],
  });
  await record.done("a");
  await record.fail("b", new DomainError("START_FAILED", "It did not come up."));
  await record.begin("c", { before: null, made: { uid: "3" } });
  await record.leave("c");
  expect(saved.at(-1)).toMatchObject({
    making: [],
    results: [
      { id: "a", ok: true, uid: "1" },
      { id: "b", ok: false, uid: "2", hadData: true },
      { id: "c", ok: false, uid: "3" },
    ],
  });
});

test("a batch that has ended is not paused", () => {
  const { job, results } = aJob();
  const record = createBatchRecord(job, { action: "stop", ids: ["a"] });
  record.pause(true);
  expect(results.at(-1)).toMatchObject({ paused: true });
  record.end();
  expect(results.at(-1)).toMatchObject({ paused: false });
});
