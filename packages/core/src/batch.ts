import { z } from "zod";
import { BatchRequest } from "./batch-request.ts";
import { REASONS } from "./errors.ts";
import { DesiredState } from "./instance.ts";
import { JobStatus } from "./job.ts";

const BatchAction = z.enum(["start", "stop", "restart", "remove", "create", "label"]);

const Failure = z.object({ id: z.string(), reason: z.enum(REASONS), message: z.string() });

/** The outcome for one instance, with `reason` and `message` unless it is `ok`. */
const BatchItemResult = Failure.partial({ reason: true, message: true }).extend({
  ok: z.boolean(),
  /** Identity of an instance that the batch created. */
  uid: z.string().exactOptional(),
});
export type BatchItemResult = z.output<typeof BatchItemResult>;

/** An instance as it was when the batch began with it. */
const BatchBefore = z.object({
  id: z.string(),
  uid: z.string(),
  name: z.string(),
  port: z.number(),
  desired: DesiredState,
  group: z.string().nullable(),
  tags: z.array(z.string()),
});
export type BatchBefore = z.output<typeof BatchBefore>;

/** `Job.result` of a batch, from its first moment on. */
export const BatchResult = z.object({
  action: BatchAction,
  deleteData: z.boolean(),
  /** In order of completion; lacks the instances that the batch has not begun. */
  results: z.array(BatchItemResult),
  /** The instances in progress. */
  underWay: z.array(z.string()),
  failed: z.array(Failure).optional(),
  // The following are missing in batches of older panels.
  /** Begins no further instance until it is resumed. */
  paused: z.boolean().exactOptional(),
  /** The current wave, from 1, and the number of waves. */
  wave: z.object({ number: z.number(), of: z.number() }).exactOptional(),
  /** For an undo: what the batch has begun with. New instances have nothing before. */
  before: z.array(BatchBefore).exactOptional(),
  request: BatchRequest.exactOptional(),
  /** The job that this batch undoes. */
  undoes: z.string().exactOptional(),
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
