import type { InstanceId } from "../instance.ts";

/** How far a job that moves instances' data is: `Job.detail` of backups, restores and checks. */
export interface TransferProgress {
  /** Done of `totalBytes`, all files as they are; of what is copied and not yet packed, a part. */
  bytes: number;
  totalBytes: number;
  /** Each file counts once. */
  files: number;
  /** Of the last seconds. */
  bytesPerSecond: number;
  /** Null while it cannot be told. */
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
  /** Each counts once, whatever is done with it. */
  files: number;
  /** Of this phase, in its last seconds; 0 while it moves no data. */
  bytesPerSecond: number;
  /** Of this phase; null while it cannot be told. */
  secondsLeft: number | null;
  /** How long it was down for this job so far, in milliseconds; null when it was not running. */
  downMs: number | null;
  /** What went wrong with it, as a sentence. */
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
