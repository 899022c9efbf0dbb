import { describe, expect, test } from "vitest";
import { formatBytes, formatDuration, formatMemory, formatPercent, formatWhen } from "./format.ts";
import { showLanguage } from "./i18n.ts";

test.each([
  [0, "0 byte"],
  [999, "999 byte"],
  [1000, "1 kB"],
  [1_540_000, "1.5 MB"],
  [824_000_000, "824 MB"],
  [999_700_000, "1 GB"],
  [25_276_502_016, "25 GB"],
])("%d bytes", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

describe("a moment", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  test.each([
    ["2026-11-22T12:00:00Z", "now"],
    ["2026-11-22T11:59:30Z", "30 seconds ago"],
    ["2026-11-22T11:55:00Z", "5 minutes ago"],
    ["2026-11-22T01:00:00Z", "11 hours ago"],
    ["2026-11-22T12:00:09Z", "now"],
  ])("%s is relative under a day", (iso, text) => {
    expect(formatWhen(iso, now)).toBe(text);
  });

  test("is a date from then on", () => {
    expect(formatWhen("2026-11-20T12:00:00Z", now)).toMatch(/20 Nov 2026/);
  });
});

test("a duration is said in its largest unit", () => {
  expect(formatDuration(-5)).toBe("0 secs");
  expect(formatDuration(59_999)).toBe("59 secs");
  expect(formatDuration(3_600_000 * 5)).toBe("5 hrs");
  expect(formatDuration(86_400_000 * 3)).toBe("3 days");
});

test("each language has its own forms", async () => {
  await showLanguage("zh");
  expect(formatDuration(86_400_000 * 3)).toBe("3 天");
  expect(formatPercent(0.425)).toBe("43%");
});

test.each([
  [2 * 1024 ** 3, "2 GiB"],
  [1.5 * 1024 ** 3, "1.5 GiB"],
  [612 * 1024 ** 2, "612 MiB"],
  [1000 * 1024 ** 2, "1 GiB"],
  [512, "512 B"],
])("memory is counted as its limit is set: %i is %s", (bytes, words) => {
  expect(formatMemory(bytes)).toBe(words);
});
