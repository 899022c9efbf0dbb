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
  /** That of the instance when it was added: it belongs to the owner of that time. */
  ownership: string;
  /** The version that the panel wrote it over; null for one that the panel found. */
  replaced: number | null;
  /** The job of the roll-out, or of its undo, that wrote it. */
  rollout: string | null;
}

/** Which versions somebody may see. */
export interface VersionScope {
  ownership: string;
  /** The one that the file has now, whosever it was; null: unknown. */
  current: number | null;
}

/** An instance's versions and their texts go with its spec. */
export interface ConfigRecords {
  /**
   * The newest `limit` before version `before`, newest first, without pending ones. `scope`, null: of
   * all owners.
   */
  listConfigVersions(
    uid: string,
    page: { before: number | null; limit: number },
    scope: VersionScope | null,
  ): Promise<ConfigVersionRecord[]>;
  findConfigVersion(uid: string, version: number): Promise<ConfigVersionRecord | null>;
  /** Pending or not. */
  newestConfigVersion(uid: string): Promise<ConfigVersionRecord | null>;
  /** Not a pending one. `scope`, null: of all owners. */
  lastHealthyConfigVersion(
    uid: string,
    scope: VersionScope | null,
  ): Promise<ConfigVersionRecord | null>;
  /** The text of a version, byte for byte; null when there is none. */
  configTextOf(uid: string, version: number): Promise<string | null>;
  /**
   * Adds the next version, of the ownership that the instance has; drops those in excess, with texts that no version has any more. Equal
   * texts are stored once. Rejects with INSTANCE_NOT_FOUND for a spec that is gone.
   */
  insertConfigVersion(
    draft: Omit<ConfigVersionRecord, "version" | "size" | "healthyAt" | "ownership">,
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
