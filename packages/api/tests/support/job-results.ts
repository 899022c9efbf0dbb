import type { Job } from "@claw/core/job";
import type { Restored } from "@claw/core/job-result";

/** The backup that a job has made. */
export function backupIdOf(job: Job): string {
  if (job.kind === "backup" && job.result?.backupId !== undefined) return job.result.backupId;
  throw new Error(`no backup came of it: ${JSON.stringify(job)}`);
}

/** The instances that a job has restored. */
export function restoredBy(job: Job): readonly Restored[] {
  if (job.kind === "restore" && job.result?.restored) return job.result.restored;
  throw new Error(`it restored nothing: ${JSON.stringify(job)}`);
}
