import { expect, test } from "vitest";
import { formatClock, formatCpu, formatRate } from "./format-usage.ts";
import { showLanguage } from "./i18n.ts";

test("small loads keep a digit, large ones do not", () => {
  expect([0, 1.84, 9.96, 320.4].map(formatCpu)).toEqual(["0.0%", "1.8%", "10%", "320%"]);
});

test("rates are at least of kilobytes", () => {
  expect([0, 420, 12_345, 3_100_000].map(formatRate)).toEqual([
    "0 kB/s",
    "0.4 kB/s",
    "12 kB/s",
    "3.1 MB/s",
  ]);
});

test("the clock is of the reader's place, with seconds where asked for", async () => {
  const noon = new Date(2026, 10, 22, 12, 5, 9).getTime();
  expect([formatClock(noon), formatClock(noon, true)]).toEqual(["12:05", "12:05:09"]);
  await showLanguage("zh");
  expect(formatClock(noon, true)).toBe("12:05:09");
});
