import { expect, test } from "vitest";
import { withRetry } from "./retried-status.ts";
import type { DerivedStatus } from "./status.ts";

const refused = (code: "START_FAILED" | "EXITED"): DerivedStatus => ({
  status: "error",
  statusReason: "Docker refused.",
  statusDetail: { code, exitCode: null, lines: [] },
});

test("a refused start says when the panel tries again", () => {
  const retryAt = "2026-11-29T19:04:05.678Z";
  expect(withRetry(refused("START_FAILED"), retryAt)).toEqual({
    status: "error",
    statusReason: "Docker refused. The panel tries again by itself, next at 19:04:05 UTC.",
    statusDetail: {
      code: "START_FAILED",
      exitCode: null,
      lines: [],
      retry: { at: retryAt, reason: "Docker refused." },
    },
  });
});

test("nothing is said of a retry where there is none, or where something else is wrong", () => {
  expect(withRetry(refused("START_FAILED"), null)).toEqual(refused("START_FAILED"));
  expect(withRetry(refused("EXITED"), "2026-11-29T19:04:05.678Z")).toEqual(refused("EXITED"));
});
