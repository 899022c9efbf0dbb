import { expect, test } from "vitest";
import { aBackup } from "../testing/fixtures.ts";
import { groupByDay } from "./group-by-day.ts";

const at = (id: string, day: number, hour: number) =>
  aBackup({ id, createdAt: new Date(2026, 10, day, hour).toISOString() });

test("a day is the reader's, and days and backups stay in their order", () => {
  const days = groupByDay([at("a", 22, 23), at("b", 22, 0), at("c", 20, 12)]);
  expect(
    days.map((day) => [new Date(day.start).getDate(), day.backups.map(({ id }) => id)]),
  ).toEqual([
    [22, ["a", "b"]],
    [20, ["c"]],
  ]);
});

test("nothing is no day", () => expect(groupByDay([])).toEqual([]));
