import type { AuditResult } from "@claw/core/access/audit";
import { isAllowed, type Viewer } from "@claw/core/access/viewer";
import { BatchJob, type BatchRequest, type BatchResult } from "@claw/core/batch";
import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { Subject } from "@claw/core/subject";
import pLimit from "p-limit";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../access/audit-draft.ts";
import { authorize, forbidden } from "../access/authorize.ts";
import { asOfNow } from "../access/identify.ts";
import { recordAuditEvent } from "../access/record-audit-event.ts";
import { isVisible } from "../access/visible.ts";
import { INSTANCE_ACCESS } from "../instance/instance-access.ts";
import type { JobHandle } from "../runtime/jobs.ts";
import { STARTS_AT_ONCE } from "../runtime/start-queue.ts";
import { BATCH_ACTIONS, type BatchTask } from "./batch-actions.ts";
import { type BatchRecord, createBatchRecord } from "./batch-record.ts";

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

/**
 * Begins a job that does one thing to many instances. Each instance is handled like a single call: same
 * use case, and the permission that the viewer has when its turn comes. The batch continues past
 * refusals and failures. A cancelled batch begins no further instance; finished work stays.
 * Throws FORBIDDEN if the viewer may not use the action at all, and BUSY at the limit per user.
 */
export async function runBatch(
  ctx: AppContext,
  request: BatchRequest,
  starter: BatchStarter,
): Promise<BatchJob> {
  const { viewer } = starter;
  if (!isAllowed(viewer, INSTANCE_ACCESS[request.action])) throw forbidden();
  // An instance that the viewer must not see would hide the job from its own viewer.
  const known = request.ids.filter((id) => isVisible(ctx, viewer, id));
  const about = ctx.live.board.subjectsOf(known);
  const job = await ctx.jobs.begin({
    kind: "batch",
    instanceId: null,
    instanceIds: request.ids,
    about,
    perUser: BATCHES_PER_USER,
    work: (handle) => work({ ctx, job: handle, request, starter, about }),
  });
  return BatchJob.parse(job);
}

interface Run {
  ctx: AppContext;
  job: JobHandle;
  request: BatchRequest;
  starter: BatchStarter;
  about: readonly Subject[];
}

async function work(run: Run): Promise<BatchResult> {
  const { job, request } = run;
  const record = createBatchRecord(job, request);
  const turn = turnsOf(run);
  await Promise.all(request.ids.map((id) => doOne(run, record, turn, id)));
  await recordEnd(run, record);
  job.signal.throwIfAborted();
  if (!record.results.some(({ ok }) => ok)) throw nothingDone(request, record);
  return record.current();
}

type Turn = (act: () => Promise<void>) => Promise<void>;

/** Each batch queues a few stops at a time, so a long batch does not delay a short one. */
function turnsOf({ ctx, request }: Run): Turn {
  if (!BATCH_ACTIONS[request.action].takesDown) return pLimit(STARTS_AT_ONCE);
  const own = pLimit(ctx.live.stops.concurrency);
  return (act) => own(() => ctx.live.stops(act));
}

async function doOne(run: Run, record: BatchRecord, turn: Turn, id: InstanceId): Promise<void> {
  const { ctx, job, request } = run;
  const { signal } = job;
  const { act, settle } = BATCH_ACTIONS[request.action];
  const task: BatchTask = { id, signal, deleteData: request.options?.deleteData ?? false };
  let begun = false;
  try {
    await turn(async () => {
      if (signal.aborted) return;
      begun = true;
      record.begin(id);
      await requireMay(run, id);
      await act(ctx, task);
    });
    if (!begun) return;
    await settle?.(ctx, task);
    record.done(id);
  } catch (error) {
    if (signal.aborted && hasReason(error, "CANCELLED")) return record.leave(id);
    if (!(error instanceof DomainError))
      ctx.log.error({ err: error, job: job.id }, `${request.action} of ${id} in a batch failed`);
    record.fail(id, error);
  }
}

/** Authorizes the single procedure again, with the current role and ownership. */
async function requireMay({ ctx, request, starter }: Run, id: InstanceId): Promise<void> {
  const now = await asOfNow(ctx, starter.viewer);
  if (!now) throw forbidden();
  await authorize(ctx, now, INSTANCE_ACCESS[request.action], { id });
}

/** Records the end: the action and the instances for which it succeeded. */
function recordEnd({ ctx, job, request, starter, about }: Run, record: BatchRecord): Promise<void> {
  const done = record.results.filter(({ ok }) => ok).map(({ id }) => id);
  const instanceIds = done.length > 0 ? done : request.ids;
  const audit = { ...starter.by, action: `batches.${request.action}`, instanceIds, about };
  return recordAuditEvent(ctx, { ...audit, object: job.id }, resultOf(job, record));
}

function resultOf({ signal }: JobHandle, { results }: BatchRecord): AuditResult {
  if (signal.aborted) return "CANCELLED";
  const failed = results.filter(({ ok }) => !ok);
  if (failed.length === 0) return "ok";
  return failed.length < results.length ? "partial" : (failed[0]?.reason ?? "INTERNAL");
}

function nothingDone({ action, ids }: BatchRequest, { results }: BatchRecord): DomainError {
  const told = results.slice(0, TOLD).map(({ message }) => message ?? "");
  const reason = results[0]?.reason ?? "INTERNAL";
  if (ids.length === 1) return new DomainError(reason, told.join(""));
  return new DomainError(reason, `None of ${ids.length} (${action}). ${told.join(" ")}`);
}
