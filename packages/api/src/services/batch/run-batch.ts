import { isAllowed, type Viewer } from "@claw/core/access/viewer";
import type { BatchResult } from "@claw/core/batch";
import { type BatchOrder, idsOf } from "@claw/core/batch-request";
import { DomainError } from "@claw/core/errors";
import { BatchJob } from "@claw/core/job";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../access/audit-draft.ts";
import { forbidden } from "../access/authorize.ts";
import { requireMayAssign } from "../access/chosen-owner.ts";
import { isVisible } from "../access/visible.ts";
import { INSTANCE_ACCESS } from "../instance/instance-access.ts";
import { type EarlierBatches, tasksOf } from "./batch-actions.ts";
import { recordBatchEnd } from "./batch-audit.ts";
import { type BatchRecord, createBatchRecord } from "./batch-record.ts";
import { type BatchRunOptions, createBatchRun } from "./batch-run.ts";
import type { BatchTask } from "./batch-task.ts";

/** A batch may take an hour, and many of them would fill the start queue. */
const BATCHES_PER_USER = 3;
/** The maximum number of failures in a sentence; `result.failed` has all. */
const TOLD = 5;

/** The user, session or token that begins a batch. */
export interface BatchStarter {
  viewer: Viewer;
  /** The viewer as the audit trail names it. */
  by: Actor;
}

export interface BatchOptions extends EarlierBatches {
  /** Puts on disk, by the job, what its tasks need; runs before the first of them. */
  prepare?: (jobId: string) => Promise<void>;
}

/**
 * Begins a job that does one thing to many instances. Each instance is handled like a single call: same
 * use case, and the permission that the viewer has when its turn comes. The batch continues past
 * refusals and failures, unless it is to stop at the first one. A cancelled batch begins no further
 * instance; finished work stays. Throws FORBIDDEN if the viewer may not use the action at all, and
 * BUSY at the limit per user.
 */
export async function runBatch(
  ctx: AppContext,
  request: BatchOrder,
  starter: BatchStarter,
  { prepare, ...earlier }: BatchOptions = {},
): Promise<BatchJob> {
  const { viewer, by } = starter;
  if (!isAllowed(viewer, INSTANCE_ACCESS[request.action])) throw forbidden();
  if (request.action === "create") requireMayAssign(viewer, request.instances);
  const ids = idsOf(request);
  // An instance that the viewer must not see would hide the job from its own viewer. The owner of an
  // instance whose id a creation asks for must not see the others.
  const theirs = request.action === "create" ? [] : ids.filter((id) => isVisible(ctx, viewer, id));
  const about = ctx.runtime.live.board.subjectsOf(theirs);
  const job = await ctx.runtime.jobs.begin({
    kind: "batch",
    instanceId: null,
    instanceIds: ids,
    about,
    perUser: BATCHES_PER_USER,
    async work(handle): Promise<BatchResult> {
      const record = createBatchRecord(handle, request, earlier.undoes);
      const tasks = tasksOf(request, earlier);
      await prepare?.(handle.id);
      await doInWaves({ ctx, handle, request, record, viewer, by, about }, tasks);
      record.end();
      await recordBatchEnd(ctx, { job: handle, request, record, by, about });
      handle.signal.throwIfAborted();
      if (!record.results.some(({ ok }) => ok)) throw nothingDone(request, record);
      return record.current();
    },
  });
  return BatchJob.parse(job);
}

async function doInWaves(options: BatchRunOptions, tasks: readonly BatchTask[]): Promise<void> {
  const { ctx, handle, request, record } = options;
  using control = ctx.runtime.live.batches.open(handle.id, () => record.pause(control.isPaused));
  const run = createBatchRun(options, control);
  const size = request.options?.wave ?? tasks.length;
  const waves = Math.ceil(tasks.length / size);
  for (let number = 1; number <= waves; number++) {
    if (!(await control.pass(handle.signal))) return;
    if (waves > 1 && !run.isOver()) record.wave(number, waves);
    const wave = tasks.slice((number - 1) * size, number * size);
    await Promise.all(wave.map(run.doOne));
    if (request.options?.pauseBetween && number < waves && !run.isOver()) control.pause();
  }
}

function nothingDone(request: BatchOrder, { results }: BatchRecord): DomainError {
  const told = results.slice(0, TOLD).map(({ message }) => message ?? "");
  const reason = results[0]?.reason ?? "INTERNAL";
  const count = idsOf(request).length;
  if (count === 1) return new DomainError(reason, told.join(""));
  return new DomainError(reason, `None of ${count} (${request.action}). ${told.join(" ")}`);
}
