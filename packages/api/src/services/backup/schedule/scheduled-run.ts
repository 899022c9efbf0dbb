import type { BackupPolicy, BackupRequest } from "@claw/core/backup/backup";
import { SCHEDULE } from "@claw/core/backup/retention";
import { hasReason, messageOf } from "@claw/core/errors";
import { type Job, partialWords } from "@claw/core/job";
import type { AppContext } from "../../../context.ts";
import { timestamp } from "../../../host/host.ts";
import { jobsOf } from "../../runtime/jobs-of.ts";
import { readPolicy, readWaiting, writeLastRun, writeWaiting } from "./policy-records.ts";
import { pruneBackups } from "./prune-backups.ts";
import type { RunMark } from "./run-mark.ts";
import { recordBegun, recordEnded, recordPruned } from "./scheduled-audit-events.ts";
import { isSameRun, requestOf, requireSameRun } from "./scheduled-request.ts";

/** Shown while the job of a due run waits in the queue. */
const QUEUED = "Another backup or a restore is at work. This one begins when that is done.";

export interface RunParts {
  create: (ctx: AppContext, request: BackupRequest, createdBy: string) => Promise<Job>;
  mark: RunMark;
  /** Aborted when the panel ends, and `over` resolved. */
  signal: AbortSignal;
  over: Promise<void>;
}

/**
 * Makes the backup that is due, and prunes after it. Returns why it could not begin when it should
 * be retried. A run that has begun counts as done, however it ends.
 */
export async function runScheduled(
  ctx: AppContext,
  policy: BackupPolicy,
  parts: RunParts,
): Promise<string | null> {
  if (ctx.runtime.live.board.list().length === 0) {
    ctx.log.info("no backup was made: there is no instance");
    await parts.mark.advance();
    await tellWaiting(ctx, null);
    return null;
  }
  let job: Job;
  try {
    job = await begin(ctx, policy, parts);
  } catch (error) {
    if (hasReason(error, "BUSY", "ENGINE_UNREACHABLE")) return messageOf(error);
    await giveUp(ctx, policy, parts, error);
    return null;
  }
  if (await hasItsTurn(ctx, policy, job, parts)) await follow(ctx, policy, job, parts);
  return null;
}

function begin(ctx: AppContext, policy: BackupPolicy, { create }: RunParts): Promise<Job> {
  const jobs = jobsOf(ctx.runtime.jobs, {
    begunBy: SCHEDULE,
    mayBegin: () => requireSameRun(ctx, policy),
  });
  const runtime = { ...ctx.runtime, jobs };
  return create({ ...ctx, runtime }, requestOf(ctx, policy), SCHEDULE);
}

async function giveUp(
  ctx: AppContext,
  policy: BackupPolicy,
  { mark }: RunParts,
  error: unknown,
): Promise<void> {
  const message = messageOf(error);
  ctx.log.error({ err: error }, `the backup that was due could not begin: ${message}`);
  await mark.advance();
  await recordBegun(ctx, policy, { error });
  await writeLastRun(ctx, { at: timestamp(ctx.host), jobId: null, message });
  ctx.runtime.conditions.notifyRead();
  await tellWaiting(ctx, null);
}

/** Waits for the job's turn. False: the panel ends, or the schedule has changed meanwhile. */
async function hasItsTurn(
  ctx: AppContext,
  policy: BackupPolicy,
  job: Job,
  { signal, over }: RunParts,
): Promise<boolean> {
  if (job.status !== "queued") return true;
  await tellWaiting(ctx, QUEUED);
  await Promise.race([ctx.runtime.jobs.begun(job.id), over]);
  // Still due at the panel's next start.
  if (signal.aborted) return false;
  // If the schedule changed, the next check decides again whether a run is due.
  const { startedAt } = await ctx.runtime.jobs.get(job.id);
  if (startedAt !== null || isSameRun(await readPolicy(ctx), policy)) return true;
  await tellWaiting(ctx, null);
  return false;
}

async function follow(
  ctx: AppContext,
  policy: BackupPolicy,
  job: Job,
  { mark, signal, over }: RunParts,
): Promise<void> {
  await mark.advance();
  await recordBegun(ctx, policy, { jobId: job.id });
  await writeLastRun(ctx, { at: timestamp(ctx.host), jobId: job.id, message: null });
  await tellWaiting(ctx, null);
  await Promise.race([ctx.runtime.jobs.finished(job.id), over]);
  if (signal.aborted) return;
  // This run also covers one that came due meanwhile.
  await mark.advance();
  const ended = await ctx.runtime.jobs.get(job.id);
  await recordEnded(ctx, ended);
  const { status } = ended;
  if (status !== "succeeded")
    ctx.log.error(`the backup that was due ${status}: job ${job.id}. ${partialWords(ended) ?? ""}`);
  // The last good backup of instances missing from this one stays.
  if (status === "succeeded" || status === "partial") await prune(ctx);
}

/** Uses the policy at the end of the backup, which may be hours after it was due. */
async function prune(ctx: AppContext): Promise<void> {
  const policy = await readPolicy(ctx);
  if (policy.enabled) await recordPruned(ctx, await pruneBackups(ctx, policy));
}

/** Stores why a due run has not begun. */
export async function tellWaiting(ctx: AppContext, why: string | null): Promise<void> {
  if ((await readWaiting(ctx)) === why) return;
  if (why !== null) ctx.log.warn(`a backup is due and waits: ${why}`);
  await writeWaiting(ctx, why);
}
