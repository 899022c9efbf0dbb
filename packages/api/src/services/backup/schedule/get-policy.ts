import type { LastRun, PolicyState } from "@claw/core/backup/policy-state";
import { hasReason } from "@claw/core/errors";
import { partialWords } from "@claw/core/job";
import type { AppContext } from "../../../context.ts";
import { nextRuns } from "./next-runs.ts";
import { readDoneUntil, readLastRun, readPolicy, readWaiting } from "./policy-records.ts";

/** The backup schedule and retention, and the outcome of the last run. */
export async function getPolicy(ctx: AppContext): Promise<PolicyState> {
  const policy = await readPolicy(ctx);
  if (!policy.enabled) return { policy, nextRun: null, lastRun: await lastRun(ctx), waiting: null };
  const now = ctx.host.now();
  const [next = now] = nextRuns(policy, Math.max(now, (await readDoneUntil(ctx)) ?? 0), 1);
  return {
    policy,
    nextRun: new Date(next).toISOString(),
    lastRun: await lastRun(ctx),
    waiting: await readWaiting(ctx),
  };
}

/** The outcome of the last scheduled backup; null when none was due yet. */
export async function lastRun(ctx: AppContext): Promise<LastRun | null> {
  const run = await readLastRun(ctx);
  if (run === null || run.jobId === null) return run && { ...run, status: "failed" };
  try {
    const job = await ctx.runtime.jobs.get(run.jobId);
    const { status, error } = job;
    return { ...run, status, message: error?.message ?? partialWords(job) };
  } catch (error) {
    if (!hasReason(error, "JOB_NOT_FOUND")) throw error;
    return { ...run, status: "failed", message: "Nothing is known of this run any more." };
  }
}
