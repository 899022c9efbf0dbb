import { expect, test } from "vitest";
import { usageSeries } from "./usage-series.ts";

const sample = (at: number, cpu: number) => ({
  at,
  cpu,
  memory: 5,
  memoryLimit: 0,
  received: null,
  sent: 1,
});

test("a row for each sample, and one of nothing where there was a gap", () => {
  expect(usageSeries([sample(1000, 1), sample(3000, 2), sample(30_000, 3)], 9000)).toEqual({
    times: [1, 3, 7.5, 30],
    cpu: [1, 2, null, 3],
    memory: [5, 5, null, 5],
    memoryLimit: [null, null, null, null],
    received: [null, null, null, null],
    sent: [1, 1, null, 1],
  });
});
