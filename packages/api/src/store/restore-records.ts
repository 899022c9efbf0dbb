import type { SafetyCopy } from "@claw/core/backup/backup";
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

export interface SafetyCopyRecord extends SafetyCopy {
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
   * the safety copy that was brought back, if it was one; no-op without entry.
   */
  finishRestore(
    instanceId: InstanceId,
    replaced: SafetyCopyRecord | null,
    broughtBack?: string,
  ): Promise<void>;

  /** Newest first. */
  listSafetyCopies(): Promise<SafetyCopyRecord[]>;
  findSafetyCopy(id: string): Promise<SafetyCopyRecord | null>;
  /** No-op when there is none. */
  deleteSafetyCopy(id: string): Promise<void>;
}
