import { expect, test } from "vitest";
import { showLanguage } from "../i18n/i18n.ts";
import { cronWords, presetOf, retentionWords } from "./policy-words.ts";

test("an expression that has a name is known by it, however it is spaced", () => {
  expect([presetOf("0 3 * * *"), presetOf(" 0  */6 * * * "), presetOf("1 2 3 4 5")]).toEqual([
    "nightly",
    "sixHourly",
    null,
  ]);
  expect([cronWords("0 3 * * 0"), cronWords("1 2 3 4 5")]).toEqual([
    "Every Sunday at 3:00",
    "1 2 3 4 5",
  ]);
});

test("what is kept is said in a sentence, without what is not wanted", async () => {
  const keep = (keepLast: number, keepDaily: number, keepWeekly: number) =>
    retentionWords({ keepLast, keepDaily, keepWeekly });
  expect(keep(7, 14, 8)).toBe(
    "Keeps the last 7; of older ones, one per day for 14 days and one per week for 8 weeks.",
  );
  expect(keep(7, 1, 0)).toBe("Keeps the last 7; of older ones, one per day for 1 day.");
  expect(keep(7, 0, 2)).toBe("Keeps the last 7; of older ones, one per week for 2 weeks.");
  expect(keep(1, 0, 0)).toBe("Keeps only the last 1.");
  await showLanguage("zh");
  expect(keep(7, 14, 8)).toBe("保留最近 7 个；更早的，14 天内每天一个，8 周内每周一个。");
});
