import type { Snapshot } from "@claw/core/backup/backup";

export interface SnapshotRecord extends Snapshot {
  /** Identity of the instance, and its owner's user name; null: unknown, or no owner. */
  uid: string | null;
  owner: string | null;
  /** Name of its folder beside the instances. */
  kept: string;
}

/** Snapshots are added by `ReplacementRecords.finishReplacement`. */
export interface SnapshotRecords {
  /** Newest first. */
  listSnapshots(): Promise<SnapshotRecord[]>;
  findSnapshot(id: string): Promise<SnapshotRecord | null>;
  /** Clears `undecided` and sets the expiry; no-op when there is none. */
  decideSnapshot(id: string, expiresAt: string): Promise<void>;
  /** No-op when there is none. */
  deleteSnapshot(id: string): Promise<void>;
}
