import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { Job, JobLogLine } from "@claw/core/job";
import type { AccessRecords } from "./access-records.ts";
import type { BackupRecords } from "./backup-records.ts";
import type { ConfigRecords } from "./config-records.ts";
import type { ReplacementRecords } from "./replacement-records.ts";
import type { Settings } from "./settings.ts";
import type { SnapshotRecords } from "./snapshot-records.ts";
import type { TemplateRecords } from "./template-records.ts";

/**
 * The panel's records. A write is on disk when its promise resolves. On a full disk, memory keeps
 * sessions, used codes of a second factor, starts, stops and deletions of instances, the ends of
 * jobs and audit entries until there is space; everything else rejects with DISK_FULL. Constraints
 * of the store itself keep ids, ports and subnets unique.
 */
export interface Store
  extends AccessRecords,
    BackupRecords,
    ConfigRecords,
    ReplacementRecords,
    Settings,
    SnapshotRecords,
    TemplateRecords,
    AsyncDisposable {
  /** All specs, sorted by id. */
  listInstances(): Promise<InstanceSpec[]>;
  findInstance(id: InstanceId): Promise<InstanceSpec | null>;

  /**
   * In one transaction, reads what is taken, lets `choose` build the spec, and inserts it. Rejects
   * with INSTANCE_EXISTS, with PORT_TAKEN, or with an error of `choose`.
   */
  insertInstance(choose: (taken: TakenByInstances) => InstanceSpec): Promise<InstanceSpec>;

  /** Rejects with INSTANCE_NOT_FOUND, or PORT_TAKEN when another instance has the port. */
  updateInstance(id: InstanceId, patch: InstancePatch): Promise<InstanceSpec>;

  /** No-op when there is none. */
  deleteInstance(id: InstanceId): Promise<void>;

  /** The newest `limit` jobs, newest first. */
  listJobs(limit: number): Promise<Job[]>;
  findJob(id: string): Promise<Job | null>;
  /** Inserts or replaces; keeps the log when none is given. */
  saveJob(job: Job, log?: readonly JobLogLine[]): Promise<void>;
  /** Empty when there is no such job. */
  findJobLog(id: string): Promise<JobLogLine[]>;

  /**
   * `isShort` while the disk lacks space even for the store's reserve; the number of owed writes.
   */
  room(): Promise<{ isShort: boolean; owed: number }>;
  /** Writes what is owed and restores the reserve, as far as there is space. */
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
    | "name"
    | "ingress"
    | "ingressFault"
    | "port"
    | "subnet"
    | "image"
    | "desired"
    | "phase"
    | "publishHost"
    | "timezone"
    | "owner"
    | "group"
    | "tags"
    | "webhookPaths"
  >
> & { updatedAt: string };
