import { expect, test } from "vitest";
import { isFinished, JobStatus, partialWords } from "./job.ts";

test("a job is finished when nothing more can happen to it", () => {
  const finished = JobStatus.options.filter((status) => isFinished({ status }));
  expect(finished).toEqual(["succeeded", "partial", "failed", "cancelled"]);
});

test("a status that does not exist is refused", () => {
  expect(JobStatus.safeParse("done").success).toBe(false);
});

const failed = [
  { id: "d", reason: "FILES_DENIED" as const, message: "Copying d failed: it is closed." },
];

test("a job that is partly done says for how many, and why not for the others", () => {
  const job = { status: "partial", result: { backupId: "b", failed }, detail: null } as const;
  expect(partialWords(job)).toBe("0 of 1. Copying d failed: it is closed.");
  expect(partialWords({ ...job, instanceIds: ["c", "d"] })).toMatch(/^1 of 2\./);
  expect(partialWords({ ...job, result: null })).toBe("0 of 0.");
  expect(partialWords({ ...job, status: "succeeded" })).toBeNull();
});
