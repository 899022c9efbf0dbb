import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { Job, JobLogLine } from "@claw/core/job";
import type { AccessRecords } from "./access-records.ts";
import type { BackupRecords } from "./backup-records.ts";
import type { RestoreRecords } from "./restore-records.ts";
import type { Settings } from "./settings.ts";

/**
 * The panel's records. A write is on disk when its promise resolves; on a full disk sessions, used
 * codes of a second factor, wishes that an instance be started, stopped or deleted, its deletion, the
 * ends of jobs, and entries of the audit trail are kept in memory until there is room, and all else
 * rejects with DISK_FULL. Ids, ports and subnets are unique by constraints of the store itself.
 */
export interface Store
  extends AccessRecords,
    BackupRecords,
    RestoreRecords,
    Settings,
    AsyncDisposable {
  /** All specs in the order of their ids. */
  listInstances(): Promise<InstanceSpec[]>;
  findInstance(id: InstanceId): Promise<InstanceSpec | null>;

  /**
   * Reads what is taken, lets `choose` build the spec, and inserts it, in one transaction.
   * Rejects with INSTANCE_EXISTS, with PORT_TAKEN, or with what `choose` throws.
   */
  insertInstance(choose: (taken: TakenByInstances) => InstanceSpec): Promise<InstanceSpec>;

  /** Rejects with INSTANCE_NOT_FOUND, or PORT_TAKEN when another instance has the port. */
  updateInstance(id: InstanceId, patch: InstancePatch): Promise<InstanceSpec>;

  /** No-op when there is none. */
  deleteInstance(id: InstanceId): Promise<void>;

  /** The newest `limit` jobs, newest first. */
  listJobs(limit: number): Promise<Job[]>;
  findJob(id: string): Promise<Job | null>;
  /** Inserts or replaces; the log is left as it was when none is given. */
  saveJob(job: Job, log?: readonly JobLogLine[]): Promise<void>;
  /** Empty when there is no such job. */
  findJobLog(id: string): Promise<JobLogLine[]>;

  /** `isShort` while the disk has not even room for the store's reserve; how many writes are owed. */
  room(): Promise<{ isShort: boolean; owed: number }>;
  /** Writes what is owed and makes the reserve again, as far as there is room. */
  catchUp(): Promise<void>;
}

export interface TakenByInstances {
  ids: ReadonlySet<InstanceId>;
  ports: ReadonlySet<number>;
  subnets: readonly string[];
}

export type InstancePatch = Partial<
  Pick<
    InstanceSpec,
    "name" | "port" | "subnet" | "image" | "desired" | "phase" | "publishHost" | "owner"
  >
> & { updatedAt: string };
