import type { BackedUpInstance, Backup, BackupPolicy } from "./backup.ts";

type RetainedInstance = Pick<BackedUpInstance, "id" | "uid"> & { files?: number };

/** The facts that retention looks at. */
export type RetainedBackup = Pick<
  Backup,
  "id" | "createdAt" | "createdBy" | "pinned" | "verifiedAt" | "fault"
> & {
  /** `files`: number of the instance's files in the backup. */
  instances: readonly RetainedInstance[];
};

export type Retention = Pick<BackupPolicy, "keepLast" | "keepDaily" | "keepWeekly" | "timezone">;

/** `createdBy` of scheduled backups. */
export const SCHEDULE = "schedule";

/** `createdBy` of uploaded backups. */
const UPLOAD = "upload";

const DAY_MS = 86_400_000;

/**
 * The backups that a policy deletes, oldest first. Only scheduled backups are ever deleted; manual,
 * uploaded and pinned ones are left to their users.
 *
 * Of the good scheduled backups the newest `keepLast` stay; of older ones the last of each of the
 * newest `keepDaily` days and `keepWeekly` ISO weeks in the policy's time zone. Only days and weeks
 * with backups count, so a panel that was off for a month deletes nothing early. A faulty backup
 * takes no place; it goes once `keepLast` good ones are newer.
 *
 * Regardless of the numbers, the newest good backup stays, and for each instance the newest good
 * one that holds files of it, or the newest faulty one where none is good. Instances are
 * distinguished by uid: a reused id takes no place of the former instance. Uploads take no place:
 * they may hold anything. A backup dated later than `now` (milliseconds), left by a wrong clock,
 * stays until its time comes.
 */
export function backupsToPrune<B extends RetainedBackup>(
  backups: readonly B[],
  policy: Retention,
  now: number,
): B[] {
  const known = backups
    .filter((backup) => timeOf(backup) <= now)
    .sort((a, b) => timeOf(b) - timeOf(a) || (a.id < b.id ? 1 : -1));
  const ours = known.filter(({ createdBy }) => createdBy === SCHEDULE);
  const good = ours.filter(isGood);
  const kept = new Set<RetainedBackup>([
    ...good.slice(0, policy.keepLast),
    ...lastOfEach(good.slice(policy.keepLast), dayIn(policy.timezone), policy),
    ...lastChances(known),
  ]);
  const oldestOfLast = good[policy.keepLast - 1];
  const isPassed = (backup: B) => oldestOfLast && timeOf(backup) < timeOf(oldestOfLast);
  return ours
    .filter((backup) => !backup.pinned && !kept.has(backup))
    .filter((backup) => isGood(backup) || isPassed(backup))
    .reverse();
}

/** Its last full check passed, and it holds files. */
function isGood({ verifiedAt, fault, instances }: RetainedBackup): boolean {
  const isEmpty = instances.length > 0 && !instances.some(hasFiles);
  return verifiedAt !== null && fault === null && !isEmpty;
}

const hasFiles = ({ files }: { files?: number }) => files !== 0;

/** The first of each day and of each week; the backups are sorted newest first. */
function lastOfEach(
  older: readonly RetainedBackup[],
  dayOf: (backup: RetainedBackup) => number,
  { keepDaily, keepWeekly }: Retention,
): RetainedBackup[] {
  const days = new Map<number, RetainedBackup>();
  const weeks = new Map<number, RetainedBackup>();
  for (const backup of older) {
    const day = dayOf(backup);
    // Day 0, 1970-01-01, was a Thursday; ISO weeks begin on Mondays.
    const week = Math.floor((day + 3) / 7);
    if (!days.has(day) && days.size < keepDaily) days.set(day, backup);
    if (!weeks.has(week) && weeks.size < keepWeekly) weeks.set(week, backup);
  }
  return [...days.values(), ...weeks.values()];
}

/** Backups that must stay: deleting one would lose the newest state of something. */
function lastChances(newestFirst: readonly RetainedBackup[]): RetainedBackup[] {
  const own = newestFirst.filter(({ createdBy }) => createdBy !== UPLOAD);
  const good = own.filter(isGood);
  const last = new Map<string, RetainedBackup>();
  for (const backup of [...good, ...own])
    for (const instance of backup.instances)
      if (hasFiles(instance) && !last.has(keyOf(instance))) last.set(keyOf(instance), backup);
  return [...good.slice(0, 1), ...last.values()];
}

/** Backups without a uid count as one former instance of that id. */
function keyOf({ id, uid }: RetainedInstance): string {
  return uid ? `uid ${uid}` : `id ${id}`;
}

/** Calendar days since 1970 in `timezone`. */
function dayIn(timezone: string): (backup: RetainedBackup) => number {
  const calendar = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  return (backup) => {
    const parts = new Map(
      calendar.formatToParts(timeOf(backup)).map(({ type, value }) => [type, Number(value)]),
    );
    const [year = 0, month = 0, day = 0] = [
      parts.get("year"),
      parts.get("month"),
      parts.get("day"),
    ];
    return Date.UTC(year, month - 1, day) / DAY_MS;
  };
}

function timeOf(backup: RetainedBackup): number {
  return Date.parse(backup.createdAt);
}
