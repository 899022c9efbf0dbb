import { expect, test } from "vitest";
import { isDiskNearlyFull, isMemoryNearlyFull } from "./nearly-full.ts";

test.each([
  [500e9, 60e9, false],
  [500e9, 49e9, true],
  [20e9, 4.9e9, true],
  [20e9, 5.1e9, false],
  [0, 0, false],
])("of %d bytes, %d are free: nearly full is %s", (diskTotal, diskFree, full) => {
  expect(isDiskNearlyFull({ diskTotal, diskFree })).toBe(full);
});

test.each([
  [16e9, 4e9, false],
  [16e9, 1.5e9, true],
  [0, 0, false],
])("of %d bytes of memory, %d are free: nearly full is %s", (memoryTotal, memoryFree, full) => {
  expect(isMemoryNearlyFull({ memoryTotal, memoryFree })).toBe(full);
});
