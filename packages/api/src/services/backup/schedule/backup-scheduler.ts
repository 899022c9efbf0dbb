import { messageOf } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";
import { readPolicy } from "./policy-records.ts";
import { createRunMark } from "./run-mark.ts";
import { recordLeftOpen } from "./scheduled-audit-events.ts";
import { type RunParts, runScheduled, tellWaiting } from "./scheduled-run.ts";

/** Delay after the panel's start, so that instances come up first. */
export const START_MS = 60_000;
/** Interval of checks for due runs, by the clock, which may jump or sleep. */
export const LOOK_MS = 20_000;
/** Delay before retrying a run that could not begin. */
export const RETRY_MS = 5 * 60_000;

export interface SchedulerOptions extends Pick<RunParts, "create"> {
  /** Called on every check. */
  tidy: (ctx: AppContext) => Promise<void>;
}

/**
 * Makes backups according to the policy, one at a time, and prunes after each one that was made. A
 * single run makes up for those missed while the panel was off or the machine slept. A run that
 * cannot begin, because the engine is away, is retried until it can; one behind other jobs waits
 * for its turn.
 */
export function createBackupScheduler(ctx: AppContext, options: SchedulerOptions): AsyncDisposable {
  const { host, log } = ctx;
  const ended = new AbortController();
  const { signal } = ended;
  const over = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve());
  });
  const mark = createRunMark(ctx);
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
    if (!policy.enabled || !(await mark.isDue(policy))) return tellWaiting(ctx, null);
    const wait = retryAt - host.now();
    if (wait > 0 && wait <= RETRY_MS) return;
    if (!ctx.runtime.live.board.isReachable()) return tellWaiting(ctx, "Docker cannot be reached.");
    const why = await runScheduled(ctx, policy, { create: options.create, mark, signal, over });
    if (why === null) return;
    retryAt = host.now() + RETRY_MS;
    await tellWaiting(ctx, why);
  }

  const working = work();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await working;
    },
  };
}
