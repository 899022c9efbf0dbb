import { isDeepStrictEqual } from "node:util";
import type { BackupPolicy, BackupRequest } from "@claw/core/backup/backup";
import { SCHEDULE } from "@claw/core/backup/retention";
import { DomainError, hasReason, messageOf } from "@claw/core/errors";
import { type Job, partialWords } from "@claw/core/job";
import type { AppContext } from "../../../context.ts";
import { timestamp } from "../../../host/host.ts";
import { jobsOf } from "../../runtime/jobs-of.ts";
import { nextRuns } from "./next-runs.ts";
import {
  readDoneUntil,
  readPolicy,
  readWaiting,
  writeDoneUntil,
  writeLastRun,
  writeWaiting,
} from "./policy-records.ts";
import { pruneBackups } from "./prune-backups.ts";
import {
  recordBegun,
  recordEnded,
  recordLeftOpen,
  recordPruned,
} from "./scheduled-audit-events.ts";

/** Delay after the panel's start, so that instances come up first. */
export const START_MS = 60_000;
/** Interval of checks for due runs, by the clock, which may jump or sleep. */
export const LOOK_MS = 20_000;
/** Delay before retrying a run that could not begin. */
export const RETRY_MS = 5 * 60_000;
/** Shown while the job of a due run waits in the queue. */
const QUEUED = "Another backup or a restore is at work. This one begins when that is done.";
/** A mark further in the future comes from a wrong clock. */
const CLOCK_SLACK_MS = 60 * 60_000;

export interface SchedulerOptions {
  create: (ctx: AppContext, request: BackupRequest, createdBy: string) => Promise<Job>;
  /** Called on every check. */
  tidy: (ctx: AppContext) => Promise<void>;
}

/** Whether two policies describe the same run; retention is irrelevant. */
function isSameRun(a: BackupPolicy, b: BackupPolicy): boolean {
  const runOf = ({ keepLast, keepDaily, keepWeekly, ...run }: BackupPolicy) => run;
  return isDeepStrictEqual(runOf(a), runOf(b));
}

/**
 * Makes backups according to the policy, one at a time, and prunes after each one that was made. A
 * single run makes up for those missed while the panel was off or the machine slept. A run that
 * cannot begin, because the engine is away, is retried until it can; one behind other jobs waits
 * for its turn. A run that has begun counts as done, however it ends.
 */
export function createBackupScheduler(ctx: AppContext, options: SchedulerOptions): AsyncDisposable {
  const { host, log } = ctx;
  const ended = new AbortController();
  const { signal } = ended;
  const over = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve());
  });
  /** Time of the last run, even if it could not be stored. */
  let doneHere = 0;
  let retryAt = 0;

  async function work(): Promise<void> {
    await host.sleep(START_MS, signal);
    await attempt("telling how the last backup went", () => recordLeftOpen(ctx));
    while (!signal.aborted) {
      await attempt("the schedule of backups", look);
      await attempt("tidying up after restores", () => options.tidy(ctx));
      await host.sleep(LOOK_MS, signal);
    }
  }

  async function attempt(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, `${what} failed: ${messageOf(error)}`);
    }
  }

  async function look(): Promise<void> {
    const policy = await readPolicy(ctx);
    if (!policy.enabled || !(await isDue(policy))) return tell(null);
    const wait = retryAt - host.now();
    if (wait > 0 && wait <= RETRY_MS) return;
    if (!ctx.runtime.live.board.isReachable()) return tell("Docker cannot be reached.");
    await run(policy);
  }

  async function isDue(policy: BackupPolicy): Promise<boolean> {
    const now = host.now();
    const done = Math.max((await readDoneUntil(ctx)) ?? 0, doneHere);
    if (done !== 0 && done <= now + CLOCK_SLACK_MS) {
      const [next = Number.POSITIVE_INFINITY] = nextRuns(policy, done, 1);
      return next <= now;
    }
    await markDone();
    return false;
  }

  async function run(policy: BackupPolicy): Promise<void> {
    if (ctx.runtime.live.board.list().length === 0) {
      log.info("no backup was made: there is no instance");
      await markDone();
      return tell(null);
    }
    let job: Job;
    try {
      const jobs = jobsOf(ctx.runtime.jobs, {
        begunBy: SCHEDULE,
        mayBegin: () => requireSame(policy),
      });
      job = await options.create(
        { ...ctx, runtime: { ...ctx.runtime, jobs } },
        requestOf(policy),
        SCHEDULE,
      );
    } catch (error) {
      const message = messageOf(error);
      if (hasReason(error, "BUSY", "ENGINE_UNREACHABLE")) {
        retryAt = host.now() + RETRY_MS;
        return tell(message);
      }
      log.error({ err: error }, `the backup that was due could not begin: ${message}`);
      await markDone();
      await recordBegun(ctx, policy, { error });
      await writeLastRun(ctx, { at: timestamp(host), jobId: null, message });
      ctx.runtime.conditions.notifyRead();
      return tell(null);
    }
    if (job.status === "queued") {
      await tell(QUEUED);
      await Promise.race([ctx.runtime.jobs.begun(job.id), over]);
      // Still due at the panel's next start.
      if (signal.aborted) return;
      // If the schedule changed, check again whether a run is due.
      const { startedAt } = await ctx.runtime.jobs.get(job.id);
      if (startedAt === null && !isSameRun(await readPolicy(ctx), policy)) return tell(null);
    }
    await markDone();
    await recordBegun(ctx, policy, { jobId: job.id });
    await writeLastRun(ctx, { at: timestamp(host), jobId: job.id, message: null });
    await tell(null);
    await Promise.race([ctx.runtime.jobs.finished(job.id), over]);
    if (signal.aborted) return;
    // This run also covers one that came due meanwhile.
    await markDone();
    const ended = await ctx.runtime.jobs.get(job.id);
    await recordEnded(ctx, ended);
    const { status } = ended;
    if (status !== "succeeded")
      log.error(`the backup that was due ${status}: job ${job.id}. ${partialWords(ended) ?? ""}`);
    // The last good backup of instances missing from this one stays.
    if (status === "succeeded" || status === "partial") await prune();
  }

  /** Uses the policy at the end of the backup, which may be hours after it was due. */
  async function prune(): Promise<void> {
    const policy = await readPolicy(ctx);
    if (policy.enabled) await recordPruned(ctx, await pruneBackups(ctx, policy));
  }

  /** Throws CANCELLED. */
  async function requireSame(policy: BackupPolicy): Promise<void> {
    const now = await readPolicy(ctx);
    if (isSameRun(now, policy)) return;
    const what = now.enabled ? "changed" : "switched off";
    throw new DomainError(
      "CANCELLED",
      `The schedule was ${what} while this backup waited for its turn, so it was not made.`,
    );
  }

  function requestOf({ instanceIds, mode, recipients }: BackupPolicy): BackupRequest {
    const chosen = instanceIds?.filter((id) => ctx.runtime.live.board.find(id) !== null);
    if (chosen?.length === 0)
      throw new DomainError(
        "INSTANCE_NOT_FOUND",
        "None of the instances that the schedule names exists any more. Choose others.",
      );
    return {
      mode,
      ...(chosen && { instanceIds: chosen }),
      ...(recipients.length > 0 && { encryption: { kind: "recipients", recipients } }),
    };
  }

  function markDone(): Promise<void> {
    doneHere = host.now();
    return writeDoneUntil(ctx, doneHere);
  }

  /** Stores why a due run has not begun. */
  async function tell(why: string | null): Promise<void> {
    if ((await readWaiting(ctx)) === why) return;
    if (why !== null) log.warn(`a backup is due and waits: ${why}`);
    await writeWaiting(ctx, why);
  }

  const working = work();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await working;
    },
  };
}
