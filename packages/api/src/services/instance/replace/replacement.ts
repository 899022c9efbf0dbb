import type { TransferPhase } from "@claw/core/backup/progress";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { SpecChange } from "../../../store/replacement-records.ts";
import type { SnapshotRecord } from "../../../store/snapshot-records.ts";
import type { Operation } from "../../runtime/instance-locks.ts";

/** A change of an instance: new data, a new spec, or both. */
export interface Replacement {
  id: InstanceId;
  jobId: string;
  /** Uid of the instance at the time of the request; null if there was none. */
  there: string | null;
  /** Refusal if the id belongs to another instance now. */
  whenAnother: string;
  data?: NewData;
  spec?: SpecChange;
}

/** Data that was staged beside the instance, and is swapped in. */
export interface NewData {
  /** Folder names of the new data and of the data it replaces. */
  staged: string;
  kept: string;
  /** The snapshot to stage first, if the data is one. */
  reverted: SnapshotRecord | null;
  /** Creates the spec of a missing instance. */
  allocate: () => Promise<InstanceSpec>;
  /** Fits the staged data to the instance. */
  fit: (spec: InstanceSpec) => Promise<void>;
  /** The record of the replaced data; null if there was none. */
  snapshotOf: (spec: InstanceSpec, undecided: boolean) => Promise<SnapshotRecord | null>;
}

export interface ReplaceOptions {
  signal: AbortSignal;
  /** False if the replacement must not begin any more when its turn comes. */
  mayBegin: () => boolean;
  /** The instance ran before and stays down after its replacement was undone. */
  onLeftDown?: (why: string) => void;
  onPhase: (phase: TransferPhase) => void;
  onDown: () => void;
  onUp: () => void;
}

export interface Replaced {
  /** The snapshot of the replaced data, if any. */
  snapshotId: string | null;
  /** Null, or why the health of a still starting instance is unknown. */
  late: string | null;
}

/** The operation to show while a replacement is carried out or undone. */
export function operationOf({ data }: { data?: unknown }): Operation {
  return data ? "restoring" : "restarting";
}
