import { expect, test } from "vitest";
import { waitAfter } from "./attempts.ts";

test("the first failures cost nothing, then each wait is twice the one before, up to 15 minutes", () => {
  const waits = Array.from({ length: 12 }, (_, failures) => waitAfter(failures, 5) / 1_000);
  expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64]);
  expect(waitAfter(1_000_000, 5)).toBe(15 * 60_000);
});
