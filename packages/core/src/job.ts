import { z } from "zod";
import type { TransferProgress } from "./backup/progress.ts";
import { REASONS, type Reason } from "./errors.ts";
import type { InstanceId } from "./instance.ts";
import type { Subject } from "./subject.ts";

export const JobStatus = z.enum([
  "queued",
  "running",
  "succeeded",
  /** Done for some of its instances; `result.failed` lists the others. */
  "partial",
  "failed",
  "cancelled",
]);
export type JobStatus = z.infer<typeof JobStatus>;

export type JobKind = "image" | "init" | "backup" | "restore" | "verify" | "test-restore" | "batch";

/** Long work with progress and a record. */
export interface Job {
  id: string;
  kind: JobKind;
  /** The instance concerned, or null. */
  instanceId: string | null;
  /** All instances concerned when it began with several; known before any work is done. */
  instanceIds?: readonly InstanceId[] | undefined;
  /** Id of the user who began it; absent for the panel's own jobs. */
  begunBy?: string | undefined;
  /** The instances concerned, as they were at the start. */
  about: Subject[];
  status: JobStatus;
  /** 0 to 1. */
  progress: number;
  /** The current step: a key that the page translates, or a sentence. */
  step: string;
  /** Progress of each part, for kinds that move data; otherwise null. */
  detail: TransferProgress | null;
  error: { reason: Reason; message: string } | null;
  /** The job's result; its shape depends on `kind`. */
  result: unknown;
  /** ISO-8601 UTC. */
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

/** Why a job about many instances failed for this one: `result.failed`. */
export interface InstanceFailure {
  id: InstanceId;
  reason: Reason;
  message: string;
}

const Failed = z.object({
  failed: z.array(z.object({ id: z.string(), reason: z.enum(REASONS), message: z.string() })),
});

/** The instances for which a job failed. */
function failuresOf({ result }: Pick<Job, "result">): readonly InstanceFailure[] {
  return Failed.safeParse(result).data?.failed ?? [];
}

/** The maximum number of failures in a sentence. */
const TOLD = 5;

/** "9 of 10. Copying d failed: …" for a partial job; null otherwise. */
export function partialWords(
  job: Pick<Job, "status" | "result" | "detail" | "instanceIds">,
): string | null {
  if (job.status !== "partial") return null;
  const failed = failuresOf(job);
  const total = (job.detail?.instances ?? job.instanceIds ?? failed).length;
  const told = failed.slice(0, TOLD).map(({ message }) => message);
  return [`${total - failed.length} of ${total}.`, ...told].join(" ");
}

/** A log line of a job. */
export interface JobLogLine {
  /** ISO-8601 UTC. */
  ts: string;
  text: string;
}

export function isFinished(job: Pick<Job, "status">): boolean {
  return job.status !== "queued" && job.status !== "running";
}
