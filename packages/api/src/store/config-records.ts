import type { ConfigSource } from "@claw/core/config-history";
import type { MergePatch } from "@claw/core/merge-patch";

/** A text that an instance's configuration has had. */
export interface ConfigVersionRecord {
  /** Identity of the instance. */
  uid: string;
  /** Counts from 1 for each instance. */
  version: number;
  at: string;
  by: string | null;
  source: ConfigSource;
  /** SHA-256 of the text. */
  revision: string;
  /** Bytes of the text. */
  size: number;
  healthyAt: string | null;
  /** The panel was about to write it; a crash may have come before that. */
  isPending: boolean;
  /** The version that the panel wrote it over; null for one that the panel found. */
  replaced: number | null;
  /** The job of the roll-out, or of its undo, that wrote it. */
  rollout: string | null;
}

/** An instance's versions and their texts go with its spec. */
export interface ConfigRecords {
  /** The newest `limit` before version `before`, newest first, without pending ones. */
  listConfigVersions(
    uid: string,
    page: { before: number | null; limit: number },
  ): Promise<ConfigVersionRecord[]>;
  findConfigVersion(uid: string, version: number): Promise<ConfigVersionRecord | null>;
  /** Pending or not. */
  newestConfigVersion(uid: string): Promise<ConfigVersionRecord | null>;
  /** Not a pending one. */
  lastHealthyConfigVersion(uid: string): Promise<ConfigVersionRecord | null>;
  /** The text of a version, byte for byte; null when there is none. */
  configTextOf(uid: string, version: number): Promise<string | null>;
  /**
   * Adds the next version; drops those in excess, with texts that no version has any more. Equal
   * texts are stored once. Rejects with INSTANCE_NOT_FOUND for a spec that is gone.
   */
  insertConfigVersion(
    draft: Omit<ConfigVersionRecord, "version" | "size" | "healthyAt">,
    text: string,
  ): Promise<ConfigVersionRecord>;
  /** It is written: no longer pending. */
  confirmConfigVersion(uid: string, version: number): Promise<void>;
  /** Drops one that was not written, or is a step that nobody needs. */
  dropConfigVersion(uid: string, version: number): Promise<void>;
  markConfigHealthy(uid: string, version: number, at: string): Promise<void>;
  /** The version that this job wrote, pending or not. */
  findRolloutVersion(uid: string, jobId: string): Promise<ConfigVersionRecord | null>;
  /**
   * Keeps the change that a job rolls out, before it writes anything; drops the oldest ones of jobs that
   * have ended.
   */
  keepRollout(jobId: string, patch: MergePatch): Promise<void>;
  /** Null for a job that rolls out nothing, and when its change was dropped. */
  findRollout(jobId: string): Promise<MergePatch | null>;
}
