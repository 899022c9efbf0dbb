import { expect, test } from "vitest";
import { isFinished, JobStatus } from "./job.ts";

test("a job is finished when nothing more can happen to it", () => {
  const finished = JobStatus.options.filter((status) => isFinished({ status }));
  expect(finished).toEqual(["succeeded", "failed", "cancelled"]);
});

test("a status that does not exist is refused", () => {
  expect(JobStatus.safeParse("done").success).toBe(false);
});
