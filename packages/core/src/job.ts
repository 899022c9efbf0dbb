import { z } from "zod";
import type { TransferProgress } from "./backup/progress.ts";
import type { Reason } from "./errors.ts";

export const JobStatus = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
export type JobStatus = z.infer<typeof JobStatus>;

export type JobKind = "image" | "init" | "backup" | "restore" | "verify" | "test-restore";

/** Long work with progress and a record. */
export interface Job {
  id: string;
  kind: JobKind;
  /** The instance that the job works on, or null when it is not about one. */
  instanceId: string | null;
  status: JobStatus;
  /** 0 to 1. */
  progress: number;
  /** What is being done now: a key that the web page translates, or a sentence. */
  step: string;
  /** How far each part is, for the kinds that move data; null for the others. */
  detail: TransferProgress | null;
  error: { reason: Reason; message: string } | null;
  /** What the job made; its shape depends on `kind`. */
  result: unknown;
  /** ISO-8601 UTC. */
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

/** One line of what a job did. */
export interface JobLogLine {
  /** ISO-8601 UTC. */
  ts: string;
  text: string;
}

export function isFinished(job: Pick<Job, "status">): boolean {
  return job.status !== "queued" && job.status !== "running";
}
