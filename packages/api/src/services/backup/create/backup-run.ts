import type { InstanceRecord } from "@claw/core/backup/instance-record";
import { DomainError, hasReason, messageOf, reasonOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { InstanceFailure } from "@claw/core/job-result";
import type { AppContext } from "../../../context.ts";
import type { JobHandle } from "../../runtime/job-run.ts";
import type { TransferMeter } from "../../runtime/transfer-meter.ts";

/** State shared by the parts of one backup. */
export interface BackupRun {
  readonly ctx: AppContext;
  readonly meter: TransferMeter;
  /** Aborts when the job is cancelled or no further instance can be backed up. */
  readonly signal: AbortSignal;
  /** Name of its copies. */
  readonly copy: string;
  /** Copied instances by id. */
  readonly taken: Map<InstanceId, InstanceRecord>;
  /** Failed instances by id. */
  readonly failed: Map<InstanceId, InstanceFailure>;
  /** Instances that ran before and are down now. */
  readonly notStarted: { id: InstanceId; message: string }[];
  /** Adds a line to the job's log. */
  note(text: string): void;
  /** Continues without an instance that was deleted. */
  leaveOut(id: InstanceId, why: string): void;
  /** Continues without an instance whose backup failed, and reports that in the job. */
  fail(id: InstanceId, error: unknown): void;
  /**
   * Runs `act` for each instance that has not failed. An error fails only its own instance. Errors
   * that concern all (disk full, engine unreachable) abort the others, and are thrown once those
   * have ended.
   */
  forEach<T extends { id: InstanceId }>(
    items: readonly T[],
    act: (item: T) => Promise<void>,
  ): Promise<void>;
}

export function createBackupRun(
  ctx: AppContext,
  job: JobHandle<"backup">,
  meter: TransferMeter,
): BackupRun {
  const givenUp = new AbortController();
  const failed: BackupRun["failed"] = new Map();
  const notStarted: BackupRun["notStarted"] = [];

  function fail(id: InstanceId, error: unknown): void {
    const reason = reasonOf(error);
    if (reason === "INTERNAL")
      ctx.log.error({ err: error, job: job.id }, `backing up ${id} failed`);
    const down = notStarted.find((each) => each.id === id);
    const rest = down ? ` It did not come up again either: ${down.message}` : "";
    const failure = { id, reason, message: `${messageOf(error)}${rest}` };
    failed.set(id, failure);
    meter.fail(id, failure.message);
    job.failed(failure);
  }

  async function ended(id: InstanceId, error: unknown): Promise<void> {
    // Later errors are mostly consequences.
    if (job.signal.aborted || givenUp.signal.aborted) return;
    if (await concernsAll(ctx, error)) givenUp.abort(error);
    else fail(id, error);
  }

  return {
    ctx,
    meter,
    signal: AbortSignal.any([job.signal, givenUp.signal]),
    copy: job.id,
    taken: new Map(),
    failed,
    notStarted,
    note: job.note,
    leaveOut(id, why) {
      meter.fail(id, why);
      job.note(`${id}: ${why}`);
    },
    fail,
    async forEach(items, act) {
      await Promise.all(
        items.map(async (item) => {
          if (failed.has(item.id)) return;
          try {
            await act(item);
          } catch (error) {
            await ended(item.id, error);
          }
        }),
      );
      job.signal.throwIfAborted();
      givenUp.signal.throwIfAborted();
    },
  };
}

/** The engine may have failed for a single container. */
async function concernsAll(ctx: AppContext, error: unknown): Promise<boolean> {
  if (hasReason(error, "DISK_FULL")) return true;
  if (!hasReason(error, "ENGINE_UNREACHABLE")) return false;
  try {
    await ctx.engine.version();
    return false;
  } catch {
    return true;
  }
}

/** Runs one step for an instance; its error names both. */
export async function stepOf<T>(
  id: InstanceId,
  what: "Looking at" | "Measuring" | "Stopping" | "Copying",
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof DomainError) || error.reason === "CANCELLED") throw error;
    throw new DomainError(error.reason, `${what} ${id} failed: ${error.message}`, { cause: error });
  }
}
