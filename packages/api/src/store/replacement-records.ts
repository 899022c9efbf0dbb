import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { SnapshotRecord } from "./snapshot-records.ts";

/**
 * A change of one instance that is under way: of its data, its spec, or both. It is written before
 * anything is stopped; while it exists the change can be undone, even by the next run of the panel.
 */
export interface ReplacementEntry {
  instanceId: InstanceId;
  jobId: string;
  /** Null: the data stays. */
  data: ReplacedData | null;
  /** The fields that change, with their new values. Null: the spec stays. */
  spec: SpecChange | null;
  /** Null when there was no such instance. */
  specBefore: InstanceSpec | null;
  /** The container that the new spec replaces. Null: there was none, or the spec stays. */
  containerBefore: ContainerBefore | null;
  /** ISO-8601 UTC. */
  startedAt: string;
}

export interface ReplacedData {
  /** Names of the folders beside the instances: the new data, and the data it replaces. */
  staged: string;
  kept: string;
  /** Id of the snapshot that the staged folder was, and becomes again by an undo; null: of none. */
  reverted: string | null;
}

/** Fields of a spec that no other instance and no configuration depends on, only the container. */
export type SpecChange = Partial<Pick<InstanceSpec, "image" | "timezone">>;

export interface ContainerBefore {
  id: string;
  /** The image that it was created from, which its reference may no longer name; null: unknown. */
  imageId: string | null;
}

export interface ReplacementRecords {
  /** Sorted by instance. */
  listReplacements(): Promise<ReplacementEntry[]>;
  findReplacement(instanceId: InstanceId): Promise<ReplacementEntry | null>;
  /** Rejects with BUSY when a replacement of this instance is under way. */
  insertReplacement(entry: ReplacementEntry): Promise<void>;
  /**
   * Ends it: adds the snapshot of the replaced data, if any, and deletes the record of the snapshot
   * that was reverted to, if any; no-op without an entry.
   */
  finishReplacement(
    instanceId: InstanceId,
    replaced: SnapshotRecord | null,
    reverted?: string,
  ): Promise<void>;
}
