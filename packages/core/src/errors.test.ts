import { describe, expect, test } from "vitest";
import {
  DomainError,
  errorCode,
  hasReason,
  messageOf,
  REASONS,
  reasonOf,
  recordedReason,
} from "./errors.ts";

describe("DomainError", () => {
  test("carries reason and message, and neither cause nor issues that were not given", () => {
    const error = new DomainError("BUSY", "Wait for it.");
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "DomainError", reason: "BUSY", message: "Wait for it." });
    expect(error.issues).toBeUndefined();
    expect("cause" in error).toBe(false);
  });

  test("keeps cause and issues", () => {
    const cause = new Error("below");
    const issues = [{ line: 2, column: 3, path: "a.b", message: "wrong" }];
    const error = new DomainError("CONFIG_INVALID", "No.", { cause, issues });
    expect(error.cause).toBe(cause);
    expect(error.issues).toEqual(issues);
  });
});

test("reasons are unique words in capitals, as the web's table of sentences needs them", () => {
  expect(new Set(REASONS).size).toBe(REASONS.length);
  for (const reason of REASONS) expect(reason).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
});

test("the reason of anything else than a DomainError is INTERNAL", () => {
  expect(reasonOf(new DomainError("BUSY", "Wait."))).toBe("BUSY");
  for (const thrown of [new Error("broken"), "broken", undefined])
    expect(reasonOf(thrown)).toBe("INTERNAL");
});

test("a system error has a code, and nothing else has", () => {
  expect(errorCode(Object.assign(new Error("gone"), { code: "ENOENT" }))).toBe("ENOENT");
  for (const thrown of [new Error("gone"), Object.assign(new Error("odd"), { code: 2 })])
    expect(errorCode(thrown)).toBeUndefined();
  for (const thrown of [undefined, null, "ENOENT", { code: "ENOENT" }])
    expect(errorCode(thrown)).toBeUndefined();
});

describe("messageOf", () => {
  test.each([
    [new Error("broken"), "broken"],
    [new DomainError("BUSY", "Wait."), "Wait."],
    ["a word", "a word"],
    [undefined, "undefined"],
    [null, "null"],
    [42, "42"],
    [Symbol("s"), "Symbol(s)"],
    [new TypeError(""), "TypeError"],
    [new AggregateError([new Error("a")], "both failed"), "both failed"],
    [
      new AggregateError([new Error("connect ECONNREFUSED ::1:2375"), "other"]),
      "connect ECONNREFUSED ::1:2375; other",
    ],
  ])("of %s", (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });
});

describe("hasReason", () => {
  const busy = new DomainError("BUSY", "Wait.");
  test("is true for one of the reasons only", () => {
    expect(hasReason(busy, "BUSY")).toBe(true);
    expect(hasReason(busy, "INTERNAL", "BUSY")).toBe(true);
    expect(hasReason(busy, "INTERNAL")).toBe(false);
    expect(hasReason(busy)).toBe(false);
  });

  test("does not take a look-alike for a DomainError", () => {
    expect(hasReason({ name: "DomainError", reason: "BUSY", message: "Wait." }, "BUSY")).toBe(
      false,
    );
    expect(hasReason(new Error("BUSY"), "BUSY")).toBe(false);
    expect(hasReason(undefined, "BUSY")).toBe(false);
  });
});

test("a reason that another version has recorded is read, under its name of today", () => {
  for (const reason of REASONS) expect(recordedReason(reason)).toBe(reason);
  expect(recordedReason("TOO_MANY_TRIES")).toBe("TOO_MANY_ATTEMPTS");
  expect(recordedReason("SAFETY_COPY_NOT_FOUND")).toBe("SNAPSHOT_NOT_FOUND");
  expect(recordedReason("OF_A_LATER_PANEL")).toBe("INTERNAL");
});
