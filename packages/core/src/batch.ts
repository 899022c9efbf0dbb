import { z } from "zod";
import { REASONS } from "./errors.ts";
import { InstanceId } from "./instance.ts";
import { JobStatus } from "./job.ts";

export const BatchAction = z.enum(["start", "stop", "restart", "remove"]);
export type BatchAction = z.infer<typeof BatchAction>;

/** One action on many instances. */
export const BatchRequest = z.object({
  action: BatchAction,
  ids: z
    .array(InstanceId)
    .min(1)
    .max(1_000)
    .refine((ids) => new Set(ids).size === ids.length, "Name each instance once."),
  options: z
    .object({
      /** For `remove`; the data stays by default. */
      deleteData: z.boolean().exactOptional(),
    })
    .exactOptional(),
});
export type BatchRequest = z.output<typeof BatchRequest>;

const Failure = z.object({ id: z.string(), reason: z.enum(REASONS), message: z.string() });

/** The outcome for one instance, with `reason` and `message` unless it is `ok`. */
const BatchItemResult = Failure.partial({ reason: true, message: true }).extend({
  ok: z.boolean(),
});
export type BatchItemResult = z.output<typeof BatchItemResult>;

/** `Job.result` of a batch, from its first moment on. */
export const BatchResult = z.object({
  action: BatchAction,
  deleteData: z.boolean(),
  /** In order of completion; lacks the instances that the batch has not begun. */
  results: z.array(BatchItemResult),
  /** The instances in progress. */
  underWay: z.array(z.string()),
  failed: z.array(Failure).optional(),
});
export type BatchResult = z.output<typeof BatchResult>;

const Subject = z.object({
  id: z.string(),
  uid: z.string().nullable(),
  owner: z.string().nullable(),
});

/** The job of a batch. */
export const BatchJob = z.object({
  id: z.string(),
  kind: z.literal("batch"),
  instanceId: z.null(),
  instanceIds: z.array(z.string()),
  begunBy: z.string().optional(),
  about: z.array(Subject),
  status: JobStatus,
  progress: z.number(),
  step: z.string(),
  detail: z.null(),
  error: Failure.omit({ id: true }).nullable(),
  result: BatchResult,
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type BatchJob = z.output<typeof BatchJob>;
