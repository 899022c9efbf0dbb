import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { jobOf } from "../../../tests/support/specs.ts";
import { isInTheWay, type JobWish, requireMayWait, requireWithinQuota } from "./job-turns.ts";

const backup = jobOf({ kind: "backup", instanceId: null, step: "backup.copy", begunBy: "mina" });
const restore: JobWish = { kind: "restore", instanceId: null, notBeside: ["backup", "restore"] };

test("in the way is what is for the same thing, and what it does not run beside", () => {
  expect(isInTheWay(backup, restore)).toBe(true);
  expect(isInTheWay(backup, { kind: "backup", instanceId: null })).toBe(true);
  expect(isInTheWay(backup, { kind: "verify", instanceId: null })).toBe(false);
  const init = jobOf({ kind: "init", instanceId: "anna" });
  expect(isInTheWay(init, { kind: "init", instanceId: "anna" })).toBe(true);
  expect(isInTheWay(init, { kind: "init", instanceId: "ben" })).toBe(false);
});

const refusal = (wish: JobWish) => {
  try {
    requireMayWait(backup, wish);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return `${error.reason}: ${error.message}`;
    throw error;
  }
};

test("somebody else's is waited for, one's own is not, and each refusal says why", () => {
  expect(refusal({ ...restore, inTurn: true, begunBy: "omar" })).toBeNull();
  expect(refusal({ ...restore, inTurn: true })).toBeNull();
  expect(refusal({ ...restore, inTurn: true, begunBy: "mina" })).toMatch(
    /^BUSY: You have a job that is not done yet \(backup: backup.copy\), and the limit is 1 at a time/,
  );
  expect(refusal(restore)).toMatch(/^BUSY: Another job runs \(backup: backup.copy\)/);
  expect(refusal({ kind: "backup", instanceId: null, begunBy: "omar" })).toMatch(
    /^BUSY: A job of this kind runs already: backup.copy/,
  );
});

test("of a kind that runs beside itself each user has as many as they may, and is in nobody's way", () => {
  const batch = jobOf({ kind: "batch", instanceId: null, begunBy: "mina" });
  const another: JobWish = { kind: "batch", instanceId: null, begunBy: "mina", perUser: 2 };
  expect(isInTheWay(batch, another)).toBe(false);
  expect(() => requireWithinQuota([batch, backup], another)).not.toThrow();
  expect(() => requireWithinQuota([batch, batch], { ...another, begunBy: "omar" })).not.toThrow();
  expect(() => requireWithinQuota([batch, batch], another)).toThrow(
    /You have 2 jobs that are not done yet \(batch\), and the limit is 2/,
  );
});
