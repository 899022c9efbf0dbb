import { z } from "zod";

const TransferPhase = z.enum([
  "waiting",
  "stopping",
  "copying",
  "starting",
  "packing",
  "verifying",
  "unpacking",
  "checking",
  "swapping",
  "done",
  "failed",
]);
export type TransferPhase = z.infer<typeof TransferPhase>;

const InstanceProgress = z.object({
  id: z.string(),
  name: z.string(),
  phase: TransferPhase,
  /** Done in this phase. */
  bytes: z.number(),
  totalBytes: z.number(),
  /** Each file counts once, whatever is done with it. */
  files: z.number(),
  /** In this phase over the last seconds; 0 while no data moves. */
  bytesPerSecond: z.number(),
  /** In this phase; null while unknown. */
  secondsLeft: z.number().nullable(),
  /** Its downtime for this job so far in milliseconds; null when it was not running. */
  downMs: z.number().nullable(),
  /** Its failure, as a sentence. */
  problem: z.string().nullable(),
});
export type InstanceProgress = z.output<typeof InstanceProgress>;

/** Progress of a job that moves instance data: `Job.detail` of backups, restores and checks. */
export const TransferProgress = z.object({
  /** Bytes done of `totalBytes`, uncompressed; data copied but not yet packed counts in part. */
  bytes: z.number(),
  totalBytes: z.number(),
  /** Each file counts once. */
  files: z.number(),
  /** Over the last seconds. */
  bytesPerSecond: z.number(),
  /** Null while unknown. */
  secondsLeft: z.number().nullable(),
  instances: z.array(InstanceProgress),
});
export type TransferProgress = z.output<typeof TransferProgress>;
