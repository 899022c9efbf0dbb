import type { Backup } from "../api/client.ts";

export interface Day {
  /** Local midnight in milliseconds since the epoch. */
  start: number;
  backups: Backup[];
}

/** Backups by the user's days, in the given order. */
export function groupByDay(backups: readonly Backup[]): Day[] {
  const days = new Map<number, Day>();
  for (const backup of backups) {
    const start = new Date(backup.createdAt).setHours(0, 0, 0, 0);
    const day = days.get(start) ?? { start, backups: [] };
    day.backups.push(backup);
    days.set(start, day);
  }
  return [...days.values()];
}
