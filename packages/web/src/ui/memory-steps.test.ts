import { expect, test } from "vitest";
import { formatMemory } from "../i18n/format.ts";
import { MEMORY_STEPS } from "./memory-steps.ts";

test("each line of an axis of memory is a whole number of its unit", () => {
  for (const step of MEMORY_STEPS)
    for (const line of [step, 2 * step, 3 * step])
      expect(formatMemory(line)).toMatch(/^\d+(\.5|\.25|\.75)? /);
  expect([28, 29, 30].map((power) => formatMemory(MEMORY_STEPS[power] ?? 0))).toEqual([
    "256 MiB",
    "512 MiB",
    "1 GiB",
  ]);
});
