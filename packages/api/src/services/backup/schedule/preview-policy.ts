import type { AppContext } from "../../../context.ts";
import { nextRuns, type Schedule } from "./next-runs.ts";

const SHOWN = 3;

/** The next times of a schedule, ISO-8601 UTC. Throws INVALID_INPUT with the reason. */
export function previewPolicy(ctx: AppContext, schedule: Schedule): { next: string[] } {
  const next = nextRuns(schedule, ctx.host.now(), SHOWN);
  return { next: next.map((run) => new Date(run).toISOString()) };
}
