import type { Backup } from "../api/client.ts";

export interface Day {
  /** Its midnight here, in milliseconds since the epoch. */
  start: number;
  backups: Backup[];
}

/** Backups by the reader's days, in the order in which they come. */
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
