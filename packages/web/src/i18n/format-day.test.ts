import { expect, test } from "vitest";
import { formatDay, formatInZone } from "./format-day.ts";
import { showLanguage } from "./i18n.ts";

const day = (date: number, hour = 0) => new Date(2026, 10, date, hour).getTime();

test("today and yesterday have names, other days their date", async () => {
  const now = day(22, 1);
  expect([formatDay(day(22), now), formatDay(day(21), now)]).toEqual(["today", "yesterday"]);
  expect(formatDay(day(20), now)).toMatch(/^Fri,? 20 November 2026$/);
  await showLanguage("zh");
  expect([formatDay(day(22), now), formatDay(day(21), now)]).toEqual(["今天", "昨天"]);
});

test("a moment is told in the zone that is asked for, if there is such", () => {
  const iso = "2026-11-22T19:00:00.000Z";
  expect(formatInZone(iso, "Asia/Shanghai")).toMatch(/^Monday,? 23 November 2026\b.*\b03:00$/);
  expect(formatInZone(iso, "Nowhere/Land")).toMatch(/2026/);
});
