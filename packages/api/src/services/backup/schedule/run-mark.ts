import type { BackupPolicy } from "@claw/core/backup/backup";
import type { Uses } from "../../../context.ts";
import { nextRuns } from "./next-runs.ts";
import { readDoneUntil, writeDoneUntil } from "./policy-records.ts";

/** A mark further in the future comes from a wrong clock. */
const CLOCK_SLACK_MS = 60 * 60_000;

export type RunMark = ReturnType<typeof createRunMark>;

/** The time up to which scheduled backups count as made. */
export function createRunMark(ctx: Uses<"store" | "config" | "host">) {
  /** Even if it could not be stored. */
  let doneHere = 0;

  function advance(): Promise<void> {
    doneHere = ctx.host.now();
    return writeDoneUntil(ctx, doneHere);
  }

  return {
    /** Advances to now. */
    advance,
    /** Whether a time of the schedule lies between the mark and now. Sets a missing mark to now. */
    async isDue(policy: BackupPolicy): Promise<boolean> {
      const now = ctx.host.now();
      const done = Math.max((await readDoneUntil(ctx)) ?? 0, doneHere);
      if (done !== 0 && done <= now + CLOCK_SLACK_MS) {
        const [next = Number.POSITIVE_INFINITY] = nextRuns(policy, done, 1);
        return next <= now;
      }
      await advance();
      return false;
    },
  };
}
