import type { Job } from "../api/client.ts";

/** Kinds whose progress grows with the time they take; that of the others counts steps. */
const EVEN: ReadonlySet<Job["kind"]> = new Set(["image"]);

/** Before that a guess would only jump about. */
const SURE = { elapsedMs: 5000, progress: 0.05 };

/**
 * Milliseconds until the end, from what is done and how long that took; null while nobody can
 * know.
 */
export function timeLeft(job: Job, now: number): number | null {
  if (job.status !== "running" || job.startedAt === null) return null;
  if (job.detail !== null)
    return job.detail.secondsLeft === null ? null : job.detail.secondsLeft * 1000;
  if (!EVEN.has(job.kind)) return null;
  const elapsed = now - Date.parse(job.startedAt);
  if (elapsed < SURE.elapsedMs || job.progress < SURE.progress || job.progress >= 1) return null;
  return (elapsed * (1 - job.progress)) / job.progress;
}

/** To steps of five seconds, so that the number does not run. */
export function roundedUp(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 5000)) * 5000;
}
