import type { Backup } from "../api/client.ts";
import { formatExact } from "../i18n/format.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";

const CREATORS = new Map<string, PlainKey>([
  ["panel", "backup.by.panel"],
  ["schedule", "backup.by.schedule"],
  ["upload", "backup.by.upload"],
]);

/** The creator of a backup; a user name is shown unchanged. */
export function creatorWords(createdBy: string): string {
  const key = CREATORS.get(createdBy);
  return key ? t(key) : createdBy;
}

type LeftOut = NonNullable<Backup["instances"][number]["leftOut"]>;

/** The files that a backup lacks, as a phrase. */
export function leftOutWords({ links, others }: LeftOut): string {
  return [
    ...(links > 0 ? [t("backup.leftOut.links", { count: links })] : []),
    ...(others > 0 ? [t("backup.leftOut.others", { count: others })] : []),
  ].join(", ");
}

/** A backup's label, which distinguishes it from others. */
export function backupTitle(backup: Backup): string {
  return t("backup.title", { time: formatExact(backup.createdAt) });
}
