import { expect, test } from "vitest";
import { isLaterVersion } from "./openclaw-version.ts";

test.each([
  ["2026.10.0", "2026.9.6"],
  ["2027.1.0", "2026.12.31"],
  ["2026.9.10", "2026.9.9"],
  ["2026.9.6-1", "2026.9.6"],
  ["2026.9.6-2", "2026.9.6-1"],
  ["2026.9.6", "2026.9.6-beta.3"],
  ["2026.9.6-beta.2", "2026.9.6-beta.1"],
  ["2026.9.6-rc.1", "2026.9.6-beta.9"],
  ["OpenClaw 2026.9.7 (abc1234)", "v2026.9.6"],
])("%s is later than %s, and not the other way round", (later, earlier) => {
  expect(isLaterVersion(later, earlier)).toBe(true);
  expect(isLaterVersion(earlier, later)).toBe(false);
});

test.each([
  ["2026.9.6", "2026.9.6"],
  [null, "2026.9.6"],
  ["2026.9.6", null],
  ["unknown", "2026.9.6"],
])("%s is not later than %s", (a, b) => expect(isLaterVersion(a, b)).toBe(false));
