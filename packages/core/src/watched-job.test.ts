import { expect, test } from "vitest";
import { Job } from "./job.ts";
import { watchedJob } from "./watched-job.ts";

const common = {
  ...{ id: "j1", instanceId: null, about: [], status: "running", progress: 0.5, detail: null },
  ...{ step: "begin", error: null, finishedAt: null },
  ...{ createdAt: "2026-01-01T00:00:00.000Z", startedAt: "2026-01-01T00:00:00.000Z" },
};
const result = {
  ...{ action: "stop", deleteData: false, underWay: ["b"], making: [], paused: false },
  ...{ results: [{ id: "a", ok: true }], wave: { number: 1, of: 2 }, undoes: "j0" },
};
const before = {
  ...{ id: "a", uid: "1", name: "A", port: 20_000 },
  ...{ desired: "running", group: null, tags: [] },
};
const request = { action: "stop", ids: ["a", "b"] };

test("a batch goes without its request and the former states of its instances", () => {
  const whole = { ...result, before: [before], request };
  const job = Job.parse({ ...common, kind: "batch", result: whole });
  expect(watchedJob(job)).toEqual({ ...job, result });
  expect(job.result, "the record stays as it is").toEqual(whole);
});

test("any other job, and a batch without a result, stays as it is", () => {
  for (const kind of ["init", "batch"]) {
    const job = Job.parse({ ...common, kind, result: null });
    expect(watchedJob(job)).toBe(job);
  }
});
