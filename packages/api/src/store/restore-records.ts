import type { Snapshot } from "@claw/core/backup/backup";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";

/**
 * The running restore of one instance. It is written before anything is stopped; while it exists
 * the restore can be undone, even by the next run of the panel.
 */
export interface RestoreEntry {
  instanceId: InstanceId;
  jobId: string;
  backupId: string;
  /** Names of the folders beside the instances: the new data, and the data it replaces. */
  staged: string;
  kept: string;
  /** Null when there was no such instance. */
  specBefore: InstanceSpec | null;
  /** ISO-8601 UTC. */
  startedAt: string;
}

export interface SnapshotRecord extends Snapshot {
  /** Identity of the instance, and its owner's user name; null: unknown, or no owner. */
  uid: string | null;
  owner: string | null;
  /** Name of its folder beside the instances. */
  kept: string;
}

export interface RestoreRecords {
  listRestores(): Promise<RestoreEntry[]>;
  findRestore(instanceId: InstanceId): Promise<RestoreEntry | null>;
  /** Rejects with BUSY when a restore of this instance is running. */
  insertRestore(entry: RestoreEntry): Promise<void>;
  /**
   * Ends it: adds the snapshot of the replaced data, if any, and deletes the record of the snapshot
   * that was reverted to, if any; no-op without an entry.
   */
  finishRestore(
    instanceId: InstanceId,
    replaced: SnapshotRecord | null,
    reverted?: string,
  ): Promise<void>;

  /** Newest first. */
  listSnapshots(): Promise<SnapshotRecord[]>;
  findSnapshot(id: string): Promise<SnapshotRecord | null>;
  /** Clears `undecided` and sets the expiry; no-op when there is none. */
  decideSnapshot(id: string, expiresAt: string): Promise<void>;
  /** No-op when there is none. */
  deleteSnapshot(id: string): Promise<void>;
}
