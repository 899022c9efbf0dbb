import type { InstanceId } from "../instance.ts";

/** Progress of a job that moves instance data: `Job.detail` of backups, restores and checks. */
export interface TransferProgress {
  /** Bytes done of `totalBytes`, uncompressed; data copied but not yet packed counts in part. */
  bytes: number;
  totalBytes: number;
  /** Each file counts once. */
  files: number;
  /** Over the last seconds. */
  bytesPerSecond: number;
  /** Null while unknown. */
  secondsLeft: number | null;
  instances: InstanceProgress[];
}

export interface InstanceProgress {
  id: InstanceId;
  name: string;
  phase: TransferPhase;
  /** Done in this phase. */
  bytes: number;
  totalBytes: number;
  /** Each file counts once, whatever is done with it. */
  files: number;
  /** In this phase over the last seconds; 0 while no data moves. */
  bytesPerSecond: number;
  /** In this phase; null while unknown. */
  secondsLeft: number | null;
  /** Its downtime for this job so far in milliseconds; null when it was not running. */
  downMs: number | null;
  /** Its failure, as a sentence. */
  problem: string | null;
}

export type TransferPhase =
  | "waiting"
  | "stopping"
  | "copying"
  | "starting"
  | "packing"
  | "verifying"
  | "unpacking"
  | "checking"
  | "swapping"
  | "done"
  | "failed";
