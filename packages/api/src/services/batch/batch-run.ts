import type { Viewer } from "@claw/core/access/viewer";
import type { BatchBefore } from "@claw/core/batch";
import type { BatchOrder } from "@claw/core/batch-request";
import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { Subject } from "@claw/core/subject";
import pLimit from "p-limit";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../access/audit-draft.ts";
import { authorize, forbidden } from "../access/authorize.ts";
import { asOfNow } from "../access/identify.ts";
import { INSTANCE_ACCESS } from "../instance/instance-access.ts";
import type { BatchControl } from "../runtime/batch-controls.ts";
import type { JobHandle } from "../runtime/job-run.ts";
import { STARTS_AT_ONCE } from "../runtime/start-queue.ts";
import { TAKES_DOWN } from "./batch-actions.ts";
import type { BatchRecord, WrittenFacts } from "./batch-record.ts";
import type { BatchTask } from "./batch-task.ts";
import { isStillMeant } from "./still-meant.ts";

export interface BatchRunOptions {
  ctx: AppContext;
  handle: JobHandle<"batch">;
  request: BatchOrder;
  record: BatchRecord;
  /** Who began the batch, as of then. */
  viewer: Viewer;
  by: Actor;
  /** The instances concerned, as of then. */
  about: readonly Subject[];
}

/** Does the tasks of a batch: in their turn, unless it is paused, cancelled or stopped by a failure. */
export function createBatchRun(options: BatchRunOptions, control: BatchControl) {
  const { ctx, handle, request, record, about, by } = options;
  const { id: jobId, signal } = handle;
  const stopsEarly = request.options?.stopAtFirstFailure ?? false;
  const failed = () => record.results.find(({ ok, reason }) => !ok && reason !== "CANCELLED");
  const isStopped = () => stopsEarly && failed() !== undefined;
  const inTurn = turnsOf(options, control);

  /** False: it was not begun. */
  async function begin(task: BatchTask): Promise<boolean> {
    if (signal.aborted || isStopped()) return false;
    // First: a viewer must learn nothing of an instance that is hidden from them.
    const viewer = await permitted(options, task.id);
    if (request.action !== "create" && !isStillMeant(ctx, about, task.id)) throw another(task.id);
    const made = (await task.choose?.(ctx)) ?? null;
    await record.begin(task.id, { before: beforeOf(ctx, task.id), made });
    const tell = (facts: WrittenFacts) => record.tell(task.id, facts);
    await task.act({ ctx, jobId, viewer, by, signal, made, tell });
    // The next turn must know of this one's failure.
    if (stopsEarly) await task.settle?.({ ctx, signal });
    return true;
  }

  async function doOne(task: BatchTask): Promise<void> {
    const { id } = task;
    try {
      if (!(await inTurn(() => begin(task)))) {
        if (!signal.aborted) await record.fail(id, notBegun(failed()?.id ?? ""));
        return;
      }
      if (!stopsEarly) await task.settle?.({ ctx, signal });
      await record.done(id);
    } catch (error) {
      if (signal.aborted && hasReason(error, "CANCELLED")) return record.leave(id);
      if (!(error instanceof DomainError))
        ctx.log.error(
          { err: error, job: handle.id },
          `${request.action} of ${id} in a batch failed`,
        );
      await record.fail(id, error);
    }
  }

  return { doOne, isOver: () => signal.aborted || isStopped() };
}

/** Runs `begin` when its turn comes, and returns its result. */
type Turn = (begin: () => Promise<boolean>) => Promise<boolean>;

/**
 * Each batch queues a few stops at a time, so a long batch does not delay a short one. A paused batch
 * keeps no turn that others need.
 */
function turnsOf({ ctx, handle, request }: BatchRunOptions, control: BatchControl): Turn {
  const takesDown = TAKES_DOWN.has(request.action);
  const own = pLimit(takesDown ? ctx.runtime.live.stops.concurrency : STARTS_AT_ONCE);
  return (begin) =>
    own(async () => {
      for (;;) {
        if (!(await control.pass(handle.signal))) return false;
        const attempt = async () => (control.isPaused ? null : begin());
        const begun = await (takesDown ? ctx.runtime.live.stops(attempt) : attempt());
        if (begun !== null) return begun;
      }
    });
}

/** Authorizes the single procedure again, with the current role and ownership. */
async function permitted(options: BatchRunOptions, id: InstanceId): Promise<Viewer> {
  const { ctx, request, viewer } = options;
  const now = await asOfNow(ctx, viewer);
  if (!now) throw forbidden();
  await authorize(ctx, now, INSTANCE_ACCESS[request.action], { id });
  return now;
}

function beforeOf(
  {
    runtime: {
      live: { board },
    },
  }: AppContext,
  id: InstanceId,
): BatchBefore | null {
  const instance = board.find(id);
  if (!instance) return null;
  const { uid, name, port, desired, group, tags } = instance;
  return { id, uid, name, port, desired, group, tags };
}

function another(id: InstanceId): DomainError {
  return new DomainError(
    "INSTANCE_NOT_FOUND",
    `The instance that was ${id} when the batch began is gone; the one that is ${id} now was left alone. Begin another batch for it.`,
  );
}

function notBegun(failed: string): DomainError {
  return new DomainError(
    "NOT_BEGUN",
    `Not begun: the batch stops at its first failure, that of ${failed}.`,
  );
}
