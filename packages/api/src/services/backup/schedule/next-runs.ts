import type { BackupPolicy } from "@claw/core/backup/backup";
import { DomainError, messageOf } from "@claw/core/errors";
import { Cron } from "croner";

export type Schedule = Pick<BackupPolicy, "cron" | "timezone">;

/**
 * The next `count` times (milliseconds) of a schedule after `after`. When clocks go forward, a
 * skipped time runs at the first moment after the gap; when they go back, a repeated time runs
 * once. Throws INVALID_INPUT if the schedule is invalid or never due.
 */
export function nextRuns(schedule: Schedule, after: number, count: number): number[] {
  const runs = parse(schedule).nextRuns(count, new Date(after));
  if (runs.length > 0) return runs.map((run) => run.getTime());
  throw new DomainError(
    "INVALID_INPUT",
    `The schedule "${schedule.cron}" never comes: there is no such day. Choose another one.`,
  );
}

function parse({ cron, timezone }: Schedule): Cron {
  requireTimezone(timezone);
  try {
    if (cron.trim().split(/\s+/).length !== 5) throw new Error("there are not five of them");
    return new Cron(cron, {
      paused: true,
      timezone,
      mode: "5-part",
      fixedTimeRule: "no-wildcard",
    });
  } catch (error) {
    const why = messageOf(error).replace(/^CronPattern: /, "");
    throw new DomainError(
      "INVALID_INPUT",
      `"${cron}" is not a schedule of five fields, which are minute, hour, day, month and weekday, as in "0 3 * * *": ${why}.`,
      { cause: error },
    );
  }
}

function requireTimezone(timezone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
  } catch (error) {
    throw new DomainError(
      "INVALID_INPUT",
      `There is no time zone "${timezone}". Name one as Asia/Shanghai or Europe/Berlin.`,
      { cause: error },
    );
  }
}
