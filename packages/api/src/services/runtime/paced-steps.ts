import type { JobStep } from "@claw/core/job-step";
import type { Host } from "../../host/host.ts";
import type { JobHandle } from "./job-run.ts";

/** A step whose progress nothing measures, and how long it usually takes. */
export type PacedStep = readonly [step: JobStep, usualMs: number];

const TICK_MS = 1_000;
/** Of a step's share, shown after its usual time; it comes ever slower from then on. */
const BY_USUAL_TIME = 0.8;

/**
 * Shows progress by time where nothing can be counted: each step has a share of the whole by its
 * usual time, moves through it every second, and fills it only when its work is done.
 */
export function pacedSteps(
  job: Pick<JobHandle, "report">,
  host: Pick<Host, "sleep">,
  plan: readonly PacedStep[],
) {
  const total = plan.reduce((sum, [, usualMs]) => sum + usualMs, 0);

  function shareOf(step: JobStep): { from: number; to: number; usualMs: number } {
    let before = 0;
    for (const [each, usualMs] of plan) {
      if (each === step) return { from: before / total, to: (before + usualMs) / total, usualMs };
      before += usualMs;
    }
    throw new Error(`The step ${step} is not in the plan.`);
  }

  return async function run<T>(step: JobStep, work: () => Promise<T>): Promise<T> {
    const { from, to, usualMs } = shareOf(step);
    const over = new AbortController();
    const move = async () => {
      for (let ms = 0; !over.signal.aborted; ms += TICK_MS) {
        const part = 1 - (1 - BY_USUAL_TIME) ** (ms / usualMs);
        job.report(from + (to - from) * part, step);
        await host.sleep(TICK_MS, over.signal);
      }
    };
    const moving = move();
    try {
      return await work();
    } finally {
      over.abort();
      await moving;
    }
  };
}
