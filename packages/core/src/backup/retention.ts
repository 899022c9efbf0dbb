import type { BackedUpInstance, Backup, BackupPolicy } from "./backup.ts";

type RetainedInstance = Pick<BackedUpInstance, "id" | "uid"> & { files?: number };

/** What the retention looks at. */
export type RetainedBackup = Pick<
  Backup,
  "id" | "createdAt" | "createdBy" | "pinned" | "verifiedAt" | "fault"
> & {
  /** `files`: how many of it the backup holds. */
  instances: readonly RetainedInstance[];
};

export type Retention = Pick<BackupPolicy, "keepLast" | "keepDaily" | "keepWeekly" | "timezone">;

/** `createdBy` of the backups that the schedule makes. */
export const SCHEDULE = "schedule";

/** `createdBy` of what somebody brought from elsewhere. */
const UPLOAD = "upload";

const DAY_MS = 86_400_000;

/**
 * The backups that a policy lets go, oldest first. Only what the schedule made is ever let go;
 * what somebody made by hand or uploaded, and what is pinned, is theirs to delete.
 *
 * Of the schedule's good backups the newest `keepLast` stay; of older ones the last of each of
 * the newest `keepDaily` days and of the newest `keepWeekly` ISO weeks, as the policy's time zone
 * counts them. Only days and weeks that have backups count, so that a panel which was off for a
 * month forgets nothing. A backup with a fault takes nobody's place; it goes when `keepLast` good
 * ones are newer.
 *
 * Whatever the numbers, the newest good backup stays, and of each instance the newest good one
 * that has files of it, or the newest one with a fault where no good one has any. Instances are
 * told apart by uid: one that has the id of a former one takes none of its places. What somebody
 * uploaded takes nobody's place: it may be anything. A backup dated later than `now`
 * (milliseconds), as a clock that was wrong leaves it, waits for its time.
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

/** Every byte of it was read and found right the last time, and there are any. */
function isGood({ verifiedAt, fault, instances }: RetainedBackup): boolean {
  const isEmpty = instances.length > 0 && !instances.some(hasFiles);
  return verifiedAt !== null && fault === null && !isEmpty;
}

const hasFiles = ({ files }: { files?: number }) => files !== 0;

/** The first of each day and of each week, of backups that are sorted newest first. */
function lastOfEach(
  older: readonly RetainedBackup[],
  dayOf: (backup: RetainedBackup) => number,
  { keepDaily, keepWeekly }: Retention,
): RetainedBackup[] {
  const days = new Map<number, RetainedBackup>();
  const weeks = new Map<number, RetainedBackup>();
  for (const backup of older) {
    const day = dayOf(backup);
    // Day 0, the first of 1970, was a Thursday; weeks begin on Mondays.
    const week = Math.floor((day + 3) / 7);
    if (!days.has(day) && days.size < keepDaily) days.set(day, backup);
    if (!weeks.has(week) && weeks.size < keepWeekly) weeks.set(week, backup);
  }
  return [...days.values(), ...weeks.values()];
}

/** What must never go: without it, the newest state of something would be lost. */
function lastChances(newestFirst: readonly RetainedBackup[]): RetainedBackup[] {
  const own = newestFirst.filter(({ createdBy }) => createdBy !== UPLOAD);
  const good = own.filter(isGood);
  const last = new Map<string, RetainedBackup>();
  for (const backup of [...good, ...own])
    for (const instance of backup.instances)
      if (hasFiles(instance) && !last.has(keyOf(instance))) last.set(keyOf(instance), backup);
  return [...good.slice(0, 1), ...last.values()];
}

/** Backups of former instances whose uid nobody knows stand for one instance of that id. */
function keyOf({ id, uid }: RetainedInstance): string {
  return uid ? `uid ${uid}` : `id ${id}`;
}

/** Counts days since 1970 as a calendar on the wall of `timezone` does. */
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
