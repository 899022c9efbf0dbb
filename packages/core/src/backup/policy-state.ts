import { z } from "zod";
import { JobStatus } from "../job.ts";
import { BackupPolicy } from "./backup.ts";

const LastRun = z.object({
  at: z.string(),
  /** Null if it could not begin. */
  jobId: z.string().nullable(),
  status: JobStatus,
  /** The error, as a sentence. */
  message: z.string().nullable(),
});
export type LastRun = z.output<typeof LastRun>;

export const PolicyState = z.object({
  policy: BackupPolicy,
  /** ISO-8601 UTC; null while the schedule is off. */
  nextRun: z.string().nullable(),
  lastRun: LastRun.nullable(),
  /** Why a due backup has not begun yet, as a sentence. */
  waiting: z.string().nullable(),
});
export type PolicyState = z.output<typeof PolicyState>;
