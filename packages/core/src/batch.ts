import { z } from "zod";
import { BatchOrder } from "./batch-request.ts";
import { Unjudged } from "./config-views.ts";
import { DesiredState } from "./instance.ts";
import { InstanceFailure } from "./job-result.ts";

const BatchAction = z.enum([
  ...["start", "stop", "restart", "migrate", "remove", "create", "label"],
  ...["configure", "restoreConfig"],
] as const);

/** The outcome for one instance, with `reason` and `message` unless it is `ok`. */
const BatchItemResult = z.object({
  id: z.string(),
  ok: z.boolean(),
  reason: InstanceFailure.shape.reason.exactOptional(),
  message: z.string().exactOptional(),
  /** Identity chosen for an instance that the batch creates, even if it did not come up. */
  uid: z.string().exactOptional(),
  hadData: z.boolean().exactOptional(),
  /** Why only its schema has judged a configuration that was written; missing when that is not so. */
  unjudged: Unjudged.exactOptional(),
  /** A configuration was written that the gateway takes only when somebody restarts it. */
  needsRestart: z.literal(true).exactOptional(),
});
export type BatchItemResult = z.output<typeof BatchItemResult>;

/** Identity of an instance that a batch creates, chosen before it begins with it. */
const MadeInstance = z.object({
  uid: z.string(),
  /** It is created with the data of a former instance, which an undo keeps. */
  hadData: z.boolean().exactOptional(),
});
export type MadeInstance = z.output<typeof MadeInstance>;

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
  failed: z.array(InstanceFailure).exactOptional(),
  // The following are missing in batches of older panels.
  /** Those in progress that the batch creates. */
  making: z.array(MadeInstance.extend({ id: z.string() })).exactOptional(),
  /** Begins no further instance until it is resumed. */
  paused: z.boolean().exactOptional(),
  /** The current wave, from 1, and the number of waves. */
  wave: z.object({ number: z.number(), of: z.number() }).exactOptional(),
  /** For an undo: the earlier states of the instances. New ones have none. */
  before: z.array(BatchBefore).exactOptional(),
  request: BatchOrder.exactOptional(),
  /** The job that this batch undoes. */
  undoes: z.string().exactOptional(),
});
export type BatchResult = z.output<typeof BatchResult>;
