import { z } from "zod";
import type { TransferProgress } from "./backup/progress.ts";
import { REASONS, type Reason } from "./errors.ts";
import type { InstanceId } from "./instance.ts";
import type { Subject } from "./subject.ts";

export const JobStatus = z.enum([
  "queued",
  "running",
  "succeeded",
  /** Done for some of its instances; `result.failed` tells of the others. */
  "partial",
  "failed",
  "cancelled",
]);
export type JobStatus = z.infer<typeof JobStatus>;

export type JobKind = "image" | "init" | "backup" | "restore" | "verify" | "test-restore";

/** Long work with progress and a record. */
export interface Job {
  id: string;
  kind: JobKind;
  /** The instance that the job works on, or null when it is not about one. */
  instanceId: string | null;
  /** All that it is about, where it was begun for several; known before it has done anything. */
  instanceIds?: readonly InstanceId[] | undefined;
  /** Id of the user who began it; not for what the panel does by itself. */
  begunBy?: string | undefined;
  /** The instances that it is about, as they were when it was begun. */
  about: Subject[];
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

/** Why a job about many instances did not do its work for one of them: `result.failed`. */
export interface InstanceFailure {
  id: InstanceId;
  reason: Reason;
  message: string;
}

const Failed = z.object({
  failed: z.array(z.object({ id: z.string(), reason: z.enum(REASONS), message: z.string() })),
});

/** The instances that a job says it did not do its work for. */
function failuresOf({ result }: Pick<Job, "result">): readonly InstanceFailure[] {
  return Failed.safeParse(result).data?.failed ?? [];
}

/** How many failures a sentence tells. */
const TOLD = 5;

/** "9 of 10. Copying d failed: …", for a job that is partly done; null for any other. */
export function partialWords(job: Pick<Job, "status" | "result" | "detail">): string | null {
  if (job.status !== "partial") return null;
  const failed = failuresOf(job);
  const total = job.detail?.instances.length ?? failed.length;
  const told = failed.slice(0, TOLD).map(({ message }) => message);
  return [`${total - failed.length} of ${total}.`, ...told].join(" ");
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
