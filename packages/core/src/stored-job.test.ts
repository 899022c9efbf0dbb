import { expect, test } from "vitest";
import { JobStep } from "./job-step.ts";
import { readStoredJob } from "./stored-job.ts";

const record = {
  ...{ id: "j1", kind: "init", instanceId: "anna", about: [], status: "succeeded", progress: 1 },
  ...{ step: "init.ask", detail: null, error: null, startedAt: null, finishedAt: null },
  result: { provider: null, answered: null, url: "http://127.0.0.1:1/" },
  createdAt: "2026-01-01T00:00:00.000Z",
};

test("a record of today is the job that was stored", () => {
  expect(readStoredJob(record)).toEqual(record);
});

test("every step of today is read as it is", () => {
  for (const step of JobStep.options) expect(readStoredJob({ ...record, step })?.step).toBe(step);
});

test("what has no meaning any more is lost, and nothing else", () => {
  expect(readStoredJob({ ...record, step: "Asking the provider" })).toEqual({
    ...record,
    step: "begin",
  });
  expect(readStoredJob({ ...record, result: "made" })).toEqual({ ...record, result: null });
  expect(readStoredJob({ ...record, detail: { bytes: 1 } })).toEqual(record);
  expect(readStoredJob({ ...record, kind: "upgrade" })).toBeNull();
});
