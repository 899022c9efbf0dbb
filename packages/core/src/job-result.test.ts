import { describe, expect, test } from "vitest";
import {
  BackupResult,
  ImageResult,
  InitResult,
  InstanceFailure,
  RestoreResult,
  TestRestoreResult,
  VerifyResult,
} from "./job-result.ts";

const failure = { id: "anna", reason: "DISK_FULL", message: "The disk is full." };

describe("a failure of one instance", () => {
  test("has a reason that the page has words for", () => {
    expect(InstanceFailure.parse(failure)).toEqual(failure);
    expect(InstanceFailure.safeParse({ ...failure, reason: "BROKEN" }).success).toBe(false);
  });
});

describe("a result grows while its job runs:", () => {
  test.each([
    {},
    { backupId: "b1" },
    { failed: [failure] },
    { backupId: "b1", notStarted: [{ id: "ben", message: "Its image is missing." }] },
    { backupId: "b1", leftOut: [{ id: "anna", links: 1, others: 2 }] },
  ])("a backup with %j", (result) => expect(BackupResult.parse(result)).toEqual(result));

  test.each([
    {},
    { restored: [] },
    { restored: [{ from: "anna", id: "copy", snapshotId: null }] },
    { restored: [{ from: "anna", id: "anna", snapshotId: "s1" }], failed: [failure] },
  ])("a restore with %j", (result) => expect(RestoreResult.parse(result)).toEqual(result));
});

describe("a result that is complete", () => {
  test.each([
    [ImageResult, { ref: "openclaw:local", id: "sha256:1", digest: null, size: 5 }],
    [InitResult, { provider: null, answered: null, url: "http://127.0.0.1:18800" }],
    [VerifyResult, { opened: false }],
    [TestRestoreResult, { instanceId: "anna", healthy: true, seconds: 4.2, message: null }],
  ])("has all its fields", (schema, result) => {
    expect(schema.parse(result)).toEqual(result);
    for (const name of Object.keys(result)) {
      const { [name]: _, ...rest } = Object.fromEntries(Object.entries(result));
      expect(schema.safeParse(rest).success, `without ${name}`).toBe(false);
    }
  });
});
