import type { Job } from "./job.ts";

/**
 * A job as its events have it: without what only an undo or a retry of a batch needs, which is as
 * long as the batch. The record keeps that.
 */
export function watchedJob(job: Job): Job {
  if (job.kind !== "batch" || job.result === null) return job;
  const { before: _before, request: _request, ...result } = job.result;
  return { ...job, result };
}
