import type { Job } from "../api/client.ts";

/** Kinds whose progress is proportional to time; the others count steps. */
const EVEN: ReadonlySet<Job["kind"]> = new Set(["image"]);

/** Earlier estimates would jump. */
const SURE = { elapsedMs: 5000, progress: 0.05 };

/** Milliseconds until the end, from progress and elapsed time; null while unknown. */
export function timeLeft(job: Job, now: number): number | null {
  if (job.status !== "running" || job.startedAt === null) return null;
  if (job.detail !== null)
    return job.detail.secondsLeft === null ? null : job.detail.secondsLeft * 1000;
  if (!EVEN.has(job.kind)) return null;
  const elapsed = now - Date.parse(job.startedAt);
  if (elapsed < SURE.elapsedMs || job.progress < SURE.progress || job.progress >= 1) return null;
  return (elapsed * (1 - job.progress)) / job.progress;
}

/** Rounded to five seconds, so that the number does not flicker. */
export function roundedUp(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 5000)) * 5000;
}
