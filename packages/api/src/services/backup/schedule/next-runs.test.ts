import { describe, expect, test } from "vitest";
import { nextRuns } from "./next-runs.ts";

const runs = (cron: string, timezone: string, after: string, count = 3) =>
  nextRuns({ cron, timezone }, Date.parse(after), count).map((run) => new Date(run).toISOString());

test("come by the clock on the wall of the time zone", () => {
  expect(runs("0 3 * * *", "UTC", "2026-05-01T02:59:59.999Z")).toEqual([
    "2026-05-01T03:00:00.000Z",
    "2026-05-02T03:00:00.000Z",
    "2026-05-03T03:00:00.000Z",
  ]);
  expect(runs("30 4 * * 1", "Asia/Shanghai", "2026-05-01T00:00:00Z", 2)).toEqual([
    "2026-05-03T20:30:00.000Z",
    "2026-05-10T20:30:00.000Z",
  ]);
});

test("come after a time, not at it", () => {
  expect(runs("0 3 * * *", "UTC", "2026-05-01T03:00:00.000Z", 1)).toEqual([
    "2026-05-02T03:00:00.000Z",
  ]);
  expect(runs("0 3 * * *", "UTC", "2026-05-01T03:00:00.001Z", 1)).toEqual([
    "2026-05-02T03:00:00.000Z",
  ]);
});

describe("where clocks change", () => {
  test.each(["30 2 * * *", "30 2,14 * * *"])("no night is left out: %s", (cron) => {
    // On 2026-03-29 Berlin has no 02:30.
    const [first, second] = runs(cron, "Europe/Berlin", "2026-03-28T14:00:00Z");
    expect(first).toBe("2026-03-29T01:00:00.000Z");
    expect(second?.slice(0, 10)).toBe(cron.includes(",") ? "2026-03-29" : "2026-03-30");
  });

  test.each(["30 2 * * *", "30 2,14 * * *"])("no night counts twice: %s", (cron) => {
    // On 2026-10-25 Berlin has 02:30 twice, at 00:30 and at 01:30 UTC.
    const all = runs(cron, "Europe/Berlin", "2026-10-24T14:00:00Z", 4);
    expect(all[0]).toBe("2026-10-25T00:30:00.000Z");
    expect(all).not.toContain("2026-10-25T01:30:00.000Z");
    // Also when it is asked in between.
    expect(runs(cron, "Europe/Berlin", "2026-10-25T00:30:05Z", 1)).toEqual([all[1]]);
  });
});

describe("a schedule is refused, with what is wrong,", () => {
  test.each([
    ["61 3 * * *", /five fields.*minute: 61/],
    ["0 3 * *", /five fields/],
    ["0 0 3 * * *", /five fields/],
    ["@annually", /five fields/],
    ["2026-01-01T00:00:00", /five fields/],
    ["every day at 3", /five fields/],
    ["*/0 * * * *", /five fields/],
    ["0 3 31 2 *", /never comes/],
  ])("%j", (cron, why) =>
    expect(() => nextRuns({ cron, timezone: "UTC" }, 0, 1)).toThrow(
      expect.objectContaining({ reason: "INVALID_INPUT", message: expect.stringMatching(why) }),
    ));

  test.each(["Mars/Phobos", "Beijing time", "../UTC"])("for the time zone %j", (timezone) =>
    expect(() => nextRuns({ cron: "0 3 * * *", timezone }, 0, 1)).toThrow(/no time zone/));
});
