import type { Snapshot } from "@claw/core/backup/backup";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";

/**
 * The restore of one instance that is under way. It is written before anything is stopped, and as
 * long as it is there the restore can be undone, also by the next run of the panel.
 */
export interface RestoreEntry {
  instanceId: InstanceId;
  jobId: string;
  backupId: string;
  /** Names of the folders beside the instances: the new data, and what it replaces. */
  staged: string;
  kept: string;
  /** Null when there was no such instance. */
  specBefore: InstanceSpec | null;
  /** ISO-8601 UTC. */
  startedAt: string;
}

export interface SnapshotRecord extends Snapshot {
  /** Which instance of this id it was, and whose (a user's name); null: not known, or nobody's. */
  uid: string | null;
  owner: string | null;
  /** Name of its folder beside the instances. */
  kept: string;
}

export interface RestoreRecords {
  listRestores(): Promise<RestoreEntry[]>;
  findRestore(instanceId: InstanceId): Promise<RestoreEntry | null>;
  /** Rejects with BUSY when a restore of this instance is under way. */
  insertRestore(entry: RestoreEntry): Promise<void>;
  /**
   * Ends it for good, together with what was replaced, if anything was, and with the record of
   * the snapshot that was reverted, if it was one; no-op without entry.
   */
  finishRestore(
    instanceId: InstanceId,
    replaced: SnapshotRecord | null,
    reverted?: string,
  ): Promise<void>;

  /** Newest first. */
  listSnapshots(): Promise<SnapshotRecord[]>;
  findSnapshot(id: string): Promise<SnapshotRecord | null>;
  /** It is `undecided` no more, and expires then; no-op when there is none. */
  decideSnapshot(id: string, expiresAt: string): Promise<void>;
  /** No-op when there is none. */
  deleteSnapshot(id: string): Promise<void>;
}
