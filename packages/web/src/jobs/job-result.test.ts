import { expect, test } from "vitest";
import { aJob } from "../testing/fixtures.ts";
import { failedBy, restoredBy, resultWords } from "./job-result.ts";
import { jobTitle } from "./job-words.ts";

const done = (kind: "backup" | "restore" | "verify" | "test-restore" | "init", result: unknown) =>
  aJob({ kind, status: "succeeded", result });
const words = (job: ReturnType<typeof aJob>) => resultWords(job, (id) => id.toUpperCase());

test("says whether a restore test came up", () => {
  const trial = { instanceId: "anna", healthy: true, seconds: 12.3, message: null };
  expect(words(done("test-restore", trial))).toBe("ANNA became healthy within 12 secs.");
  expect(
    words(done("test-restore", { ...trial, healthy: false, message: "It ended with code 78." })),
  ).toBe("ANNA did not become healthy: It ended with code 78.");
});

test("says what a check could not look into, and who is not up again", () => {
  expect(words(done("verify", { opened: true }))).toBe("Every byte matches the record.");
  expect(words(done("verify", { opened: false }))).toMatch(/not opened/);
  const leftOut = [{ id: "anna", links: 2, others: 1 }];
  expect(words(done("backup", { backupId: "1", leftOut }))).toMatch(/Left out: ANNA \(3\)/);
  const failed = { backupId: "1", notStarted: [{ id: "anna", message: "No port." }] };
  expect(words(done("backup", failed))).toMatch(/ANNA \(No port\.\)/);
});

test("counts a batch by the instances that it is about, and is called by what it does", () => {
  const failed = [{ id: "b", reason: "BUSY", message: "It is busy." }];
  const result = { action: "stop", deleteData: false, results: [], underWay: [], failed };
  const job = aJob({ kind: "batch", status: "partial", instanceIds: ["a", "b"], result });
  expect(words(job)).toMatch(/1 of 2/);
  const cut = { ...job, result: { ...result, results: [{ id: "a", ok: true }], failed: [] } };
  expect(words({ ...cut, status: "cancelled" })).toBe("1 of 2 done before it ended.");
  const error = { reason: "INTERRUPTED", message: "The panel was ended." } as const;
  expect(words({ ...cut, status: "failed", error })).toBe("1 of 2 done before it ended.");
  expect(words({ ...cut, status: "running" })).toBeNull();
  expect(jobTitle(job)).toBe("Stop 2 instances");
  expect(jobTitle({ ...job, result: null })).toBe("Batch");
});

test("says of a provider that could not be asked what that means", () => {
  const result = { provider: "custom-api-key", answered: null, url: "http://127.0.0.1:1/" };
  expect(words(done("init", result))).toMatch(/^Provider not asked: /);
  expect(words(done("init", { ...result, answered: true }))).toBeNull();
  expect(words(done("init", { ...result, provider: null }))).toBeNull();
});

test("says how many of a job that is partly done are done, and which are not", () => {
  const failed = [{ id: "dora", reason: "FILES_DENIED", message: "Copying dora failed." }];
  const job = { ...done("backup", { backupId: "1", failed }), status: "partial" as const };
  const line = {
    ...{ id: "i", name: "I", phase: "done" as const, bytes: 0, totalBytes: 0, files: 0 },
    ...{ bytesPerSecond: 0, secondsLeft: null, downMs: null, problem: null },
  };
  const detail = {
    ...{ bytes: 0, totalBytes: 0, files: 0, bytesPerSecond: 0, secondsLeft: null },
    instances: Array.from({ length: 10 }, () => line),
  };
  expect(words({ ...job, detail })).toBe("9 of 10 done; the others failed:");
  expect(failedBy(job)).toEqual(failed);
  expect(failedBy(done("backup", null))).toEqual([]);
});

test("says nothing where the status says it all, or nothing is known", () => {
  expect(words(done("backup", { backupId: "1", notStarted: [] }))).toBeNull();
  expect(words(aJob({ kind: "verify", status: "failed" }))).toBeNull();
  expect(restoredBy(done("restore", null))).toEqual([]);
  expect(
    restoredBy(done("restore", { restored: [{ from: "a", id: "b", snapshotId: null }] })),
  ).toHaveLength(1);
});
