import type { JobOf, ResultOf } from "@claw/core/job";
import type { BackupResult } from "@claw/core/job-result";
import { expect, test } from "vitest";
import type { Job } from "../api/client.ts";
import { aJob } from "../testing/fixtures.ts";
import { failedBy, restoredBy, resultWords } from "./job-result.ts";
import { jobTitle, loggedWords } from "./job-words.ts";

const done = (patch: Partial<Job>) => aJob({ ...patch, status: "succeeded" });
const words = (job: ReturnType<typeof aJob>) => resultWords(job, (id) => id.toUpperCase());

test("says whether a restore test came up", () => {
  const trial = { instanceId: "anna", healthy: true, seconds: 12.3, message: null };
  const said = (result: ResultOf<"test-restore">) => words(done({ kind: "test-restore", result }));
  expect(said(trial)).toBe("ANNA became healthy within 12 secs.");
  expect(said({ ...trial, healthy: false, message: "It ended with code 78." })).toBe(
    "ANNA did not become healthy: It ended with code 78.",
  );
});

const backedUp = (result: BackupResult) => done({ kind: "backup", result });

test("says what a check could not look into, and who is not up again", () => {
  const verified = (opened: boolean) => words(done({ kind: "verify", result: { opened } }));
  expect(verified(true)).toBe("Every byte matches the record.");
  expect(verified(false)).toMatch(/not opened/);
  const leftOut = [{ id: "anna", links: 2, others: 1 }];
  expect(words(backedUp({ backupId: "1", leftOut }))).toMatch(/Left out: ANNA \(3\)/);
  const notStarted = [{ id: "anna", message: "No port." }];
  expect(words(backedUp({ backupId: "1", notStarted }))).toMatch(/ANNA \(No port\.\)/);
});

test("counts a batch by the instances that it is about, and is called by what it does", () => {
  const failed = [{ id: "b", reason: "BUSY" as const, message: "It is busy." }];
  const result = { action: "stop" as const, deleteData: false, results: [], underWay: [], failed };
  const batch = (patch: Partial<JobOf<"batch">>) =>
    aJob({ kind: "batch", status: "partial", instanceIds: ["a", "b"], result, ...patch });
  expect(words(batch({}))).toMatch(/1 of 2/);
  const cut = { result: { ...result, results: [{ id: "a", ok: true }], failed: [] } };
  const early = "1 of 2 done before it ended.";
  expect(words(batch({ ...cut, status: "cancelled" }))).toBe(early);
  const error = { reason: "INTERRUPTED", message: "The panel was ended." } as const;
  expect(words(batch({ ...cut, status: "failed", error }))).toBe(early);
  expect(words(batch({ ...cut, status: "running" }))).toBeNull();
  expect(jobTitle(batch({}))).toBe("Stop 2 instances");
  expect(jobTitle(batch({ result: null }))).toBe("Batch");
});

test("names those whose changed configurations only the schema has judged, or wait for a restart", () => {
  const unjudged = { reason: "COMMAND_FAILED" as const, message: "It did not end." };
  const results = [
    { id: "a", ok: true, unjudged },
    { id: "b", ok: true, needsRestart: true as const },
    { id: "c", ok: false },
  ];
  const result = { action: "configure" as const, deleteData: false, results, underWay: [] };
  const said = (status: Job["status"]) => words(aJob({ kind: "batch", status, result }));
  expect(said("succeeded")).toMatch(/configurations of A; .* Takes effect after a restart: B\.$/);
  expect(said("partial")).toMatch(/^Only the schema .* done; the others failed:$/);
});

test("says of a provider that could not be asked what that means", () => {
  const result = { provider: "custom-api-key", answered: null, url: "http://127.0.0.1:1/" };
  const said = (patch: Partial<ResultOf<"init">>) =>
    words(done({ kind: "init", result: { ...result, ...patch } }));
  expect(said({})).toMatch(/^Set up, but not proven: /);
  const partial = done({ kind: "init", status: "partial", result });
  expect(words(partial)).toMatch(/^Set up, but not proven: /);
  expect(said({ answered: true })).toBeNull();
  expect(said({ provider: null })).toBeNull();
});

test("says how many of a job that is partly done are done, and which are not", () => {
  const failed = [{ id: "dora", reason: "FILES_DENIED" as const, message: "Copying dora failed." }];
  const line = {
    ...{ id: "i", name: "I", phase: "done" as const, bytes: 0, totalBytes: 0, files: 0 },
    ...{ bytesPerSecond: 0, secondsLeft: null, downMs: null, problem: null },
  };
  const detail = {
    ...{ bytes: 0, totalBytes: 0, files: 0, bytesPerSecond: 0, secondsLeft: null },
    instances: Array.from({ length: 10 }, () => line),
  };
  const result = { backupId: "1", failed };
  const job = aJob({ kind: "backup", status: "partial", detail, result });
  expect(words(job)).toBe("9 of 10 done; the others failed:");
  expect(failedBy(job)).toEqual(failed);
  expect(failedBy(done({ kind: "backup", result: null }))).toEqual([]);
});

test("says nothing where the status says it all, or nothing is known", () => {
  expect(words(backedUp({ backupId: "1", notStarted: [] }))).toBeNull();
  expect(words(aJob({ kind: "verify", status: "failed" }))).toBeNull();
  expect(restoredBy(done({ kind: "restore", result: null }))).toEqual([]);
  const restored = [{ from: "a", id: "b", snapshotId: null }];
  expect(restoredBy(done({ kind: "restore", result: { restored } }))).toHaveLength(1);
});

test("a line of a log that stands for a step is translated, others are shown as they are", () => {
  expect(loggedWords("backup.pack")).toBe("Packing");
  expect(loggedWords("backup.packing")).toBe("Packing");
  expect(loggedWords("partial")).toBe("Partly done");
  expect(loggedWords("anna was restored.")).toBe("anna was restored.");
});
