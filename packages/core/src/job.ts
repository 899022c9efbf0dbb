import { z } from "zod";
import { TransferProgress } from "./backup/progress.ts";
import { BatchResult } from "./batch.ts";
import { REASONS } from "./errors.ts";
import {
  BackupResult,
  ImageResult,
  InitResult,
  type InstanceFailure,
  RestoreResult,
  TestRestoreResult,
  VerifyResult,
} from "./job-result.ts";
import { JobStep } from "./job-step.ts";
import { Subject } from "./subject.ts";

export const JobStatus = z.enum([
  "queued",
  "running",
  "succeeded",
  /**
   * Done for some of its instances; `result.failed` lists the others. Of an initialisation: done, but
   * nobody could ask the provider.
   */
  "partial",
  "failed",
  "cancelled",
]);
export type JobStatus = z.infer<typeof JobStatus>;

const common = {
  id: z.string(),
  /** The instance concerned, or null. */
  instanceId: z.string().nullable(),
  /** All instances concerned when it began with several; known before any work is done. */
  instanceIds: z.array(z.string()).exactOptional(),
  /** Id of the user who began it; absent for the panel's own jobs. */
  begunBy: z.string().exactOptional(),
  /** The instances concerned, as they were at the start. */
  about: z.array(Subject),
  status: JobStatus,
  /** 0 to 1. */
  progress: z.number(),
  step: JobStep,
  error: z.object({ reason: z.enum(REASONS), message: z.string() }).nullable(),
  /** ISO-8601 UTC. */
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
};
/** For kinds that move data: progress of each part. */
const moving = { ...common, detail: TransferProgress.nullable() };
const plain = { ...common, detail: z.null() };

const JOBS = {
  image: z.object({ ...plain, kind: z.literal("image"), result: ImageResult.nullable() }),
  init: z.object({ ...plain, kind: z.literal("init"), result: InitResult.nullable() }),
  backup: z.object({ ...moving, kind: z.literal("backup"), result: BackupResult.nullable() }),
  restore: z.object({ ...moving, kind: z.literal("restore"), result: RestoreResult.nullable() }),
  verify: z.object({ ...moving, kind: z.literal("verify"), result: VerifyResult.nullable() }),
  "test-restore": z.object({
    ...moving,
    kind: z.literal("test-restore"),
    result: TestRestoreResult.nullable(),
  }),
  batch: z.object({ ...plain, kind: z.literal("batch"), result: BatchResult.nullable() }),
};

/** Long work with progress and a record. `result` may be null until it ends. */
export const Job = z.discriminatedUnion("kind", [
  JOBS.image,
  JOBS.init,
  JOBS.backup,
  JOBS.restore,
  JOBS.verify,
  JOBS["test-restore"],
  JOBS.batch,
]);
export type Job = z.output<typeof Job>;
export type JobKind = Job["kind"];
export type JobOf<K extends JobKind> = Extract<Job, { kind: K }>;
export type ResultOf<K extends JobKind> = NonNullable<JobOf<K>["result"]>;

export const JOB_OF_KIND: { [K in JobKind]: z.ZodType<JobOf<K>> } = JOBS;

/** The job of a batch, which has its result from the first answer on. */
export const BatchJob = JOBS.batch.extend({ result: BatchResult });
export type BatchJob = z.output<typeof BatchJob>;

/** All listed jobs, then each change. */
export const JobEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("snapshot"), jobs: z.array(Job) }),
  z.object({ type: z.literal("changed"), job: Job }),
]);
export type JobEvent = z.output<typeof JobEvent>;

/** The instances for which a job failed. */
export function failuresOf({ result }: Pick<Job, "result">): readonly InstanceFailure[] {
  return (result !== null && "failed" in result && result.failed) || [];
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
export const JobLogLine = z.object({
  /** ISO-8601 UTC. */
  ts: z.string(),
  text: z.string(),
});
export type JobLogLine = z.output<typeof JobLogLine>;

export function isFinished(job: Pick<Job, "status">): boolean {
  return job.status !== "queued" && job.status !== "running";
}
