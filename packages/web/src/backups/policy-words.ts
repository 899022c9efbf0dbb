import type { BackupPolicy } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";

/** Cron expressions with a name, in the order in which they are offered. */
export const PRESETS = ["nightly", "sixHourly", "weekly"] as const;
export type CronPreset = (typeof PRESETS)[number];

export const CRON_PRESETS: Readonly<Record<CronPreset, string>> = {
  nightly: "0 3 * * *",
  sixHourly: "0 */6 * * *",
  weekly: "0 3 * * 0",
};

export const PRESET_WORDS: Record<CronPreset, PlainKey> = {
  nightly: "cron.nightly",
  sixHourly: "cron.sixHourly",
  weekly: "cron.weekly",
};

/** The preset of an expression; null for a custom one. */
export function presetOf(cron: string): CronPreset | null {
  const normal = cron.trim().replace(/\s+/g, " ");
  return PRESETS.find((preset) => CRON_PRESETS[preset] === normal) ?? null;
}

/** "Every night at 03:00", or the expression itself. */
export function cronWords(cron: string): string {
  const preset = presetOf(cron);
  return preset ? t(PRESET_WORDS[preset]) : cron;
}

/** "Keeps the last 7, one a day for 14 days and one a week for 8 weeks." */
export function retentionWords(
  policy: Pick<BackupPolicy, "keepLast" | "keepDaily" | "keepWeekly">,
): string {
  const { keepLast, keepDaily, keepWeekly } = policy;
  if (keepDaily > 0 && keepWeekly > 0)
    return t("retention.all", { last: keepLast, days: keepDaily, weeks: keepWeekly });
  if (keepDaily > 0) return t("retention.daily", { last: keepLast, days: keepDaily });
  if (keepWeekly > 0) return t("retention.weekly", { last: keepLast, weeks: keepWeekly });
  return t("retention.last", { last: keepLast });
}
