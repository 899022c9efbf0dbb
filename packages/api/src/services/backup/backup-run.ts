import type { InstanceRecord } from "@claw/core/backup/instance-record";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import type { JobHandle } from "../job/jobs.ts";
import type { TransferMeter } from "./transfer-meter.ts";

/** What the parts of one backup share. */
export interface BackupRun {
  readonly ctx: AppContext;
  readonly meter: TransferMeter;
  /** Aborts when the job is cancelled, and when a part of it has failed. */
  readonly signal: AbortSignal;
  /** By which its copies are named. */
  readonly copy: string;
  /** What was copied, by id. */
  readonly taken: Map<InstanceId, InstanceRecord>;
  /** What ran before, and does not run now. */
  readonly notStarted: { id: InstanceId; message: string }[];
  /** Adds a line to the job's log. */
  note(text: string): void;
  /** Goes on without an instance, and says why. */
  leaveOut(id: InstanceId, why: string): void;
  /** Runs `act` for each; when one fails the others are given up, waited for, and it is thrown. */
  forEach<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void>;
}

export function createBackupRun(ctx: AppContext, job: JobHandle, meter: TransferMeter): BackupRun {
  const givenUp = new AbortController();

  return {
    ctx,
    meter,
    signal: AbortSignal.any([job.signal, givenUp.signal]),
    copy: job.id,
    taken: new Map(),
    notStarted: [],
    note: job.note,
    leaveOut(id, why) {
      meter.fail(id, why);
      job.note(`${id}: ${why}`);
    },
    async forEach(items, act) {
      await Promise.all(
        items.map(async (item) => {
          try {
            await act(item);
          } catch (error) {
            // Of several failures the first tells why; the others mostly follow from it.
            givenUp.abort(error);
          }
        }),
      );
      job.signal.throwIfAborted();
      givenUp.signal.throwIfAborted();
    },
  };
}
