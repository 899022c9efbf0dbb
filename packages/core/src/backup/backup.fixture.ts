import { expect } from "vitest";
import { hasReason, type Reason } from "../errors.ts";
import type { InstanceRecord } from "./instance-record.ts";

export const RECORD: InstanceRecord = {
  id: "anna",
  name: "安娜",
  port: 18789,
  publishHost: "127.0.0.1",
  timezone: "Asia/Shanghai",
  desired: "running",
  createdAt: "2026-11-01T00:00:00.000Z",
  owner: "mina",
  image: { ref: "openclaw:local", id: "sha256:1234", digest: null },
  openclawVersion: "2026.9.6",
  compose: "services: {}\n",
  takenAt: "2026-11-22T08:15:00.000Z",
};

/** Expects ARCHIVE_INVALID, or the given reason, with a message that contains `why`. */
export function rejectsWith(
  action: () => unknown,
  why: string | RegExp,
  reason: Reason = "ARCHIVE_INVALID",
): void {
  let thrown: unknown;
  try {
    action();
  } catch (error) {
    thrown = error;
  }
  expect(hasReason(thrown, reason)).toBe(true);
  expect((thrown as Error).message).toMatch(why);
}
