import { z } from "zod";
import type { InstanceId } from "../instance.ts";
import { InstanceId as InstanceIdSchema, InstanceName, NewInstanceId } from "../instance.ts";
import type { LeftOut } from "./instance-record.ts";

/** One backup as the API shows it. It is listed only when its file is whole. */
export interface Backup {
  id: string;
  /** Name of its file in the backup folder. */
  filename: string;
  /** Bytes of the file. */
  size: number;
  /** SHA-256 of the whole file, hexadecimal. */
  sha256: string;
  instanceCount: number;
  instances: BackedUpInstance[];
  /** ISO-8601 UTC. */
  createdAt: string;
  /** Who asked for it: `panel`, `schedule` or `upload`, later a user's name. */
  createdBy: string;
  note: string | null;
  encryption: Encryption["kind"] | null;
  /** Kept whatever the retention says. */
  pinned: boolean;
  /** When every byte was last read and found right; null when the last check found a fault. */
  verifiedAt: string | null;
  /** When an instance was last brought up from it by a restore test. */
  provenAt: string | null;
  /** What the last check found wrong, as a sentence. */
  fault: string | null;
}

export interface BackedUpInstance {
  id: InstanceId;
  name: string;
  /** Bytes of its files as they were, not packed. */
  bytes: number;
  /** Bytes that they take on a disk: fewer with holes in them. Missing in what older panels made. */
  allocated?: number;
  files: number;
  /** Which instance of this id it was, and whose (a user's name); missing: not known. */
  uid?: string | null;
  owner?: string | null;
  /** What the backup does not hold of it; missing when nothing was left out. */
  leftOut?: LeftOut;
}

export type BackupMode = "rolling" | "at-once";

/**
 * How an archive is made unreadable for others. Who has lost passphrase or identity has lost the
 * backup: the panel keeps neither.
 */
export const Encryption = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("passphrase"), passphrase: z.string().min(10).max(1_024) }),
  z.object({
    kind: z.literal("recipients"),
    /** age's public keys, `age1…`. */
    recipients: z
      .array(z.string().regex(/^age1[0-9a-z]{40,}$/))
      .min(1)
      .max(20),
  }),
]);
export type Encryption = z.infer<typeof Encryption>;

/** What opens an encrypted archive again. */
export const Unlock = z.union([
  z.object({ passphrase: z.string().min(1).max(1_024) }),
  z.object({
    identity: z
      .string()
      .regex(/^AGE-SECRET-KEY-[0-9A-Z-]+$/)
      .max(4_096),
  }),
]);
export type Unlock = z.infer<typeof Unlock>;

export const BackupRequest = z.object({
  /** Without ids: all instances. */
  instanceIds: z.array(InstanceIdSchema).min(1).max(1_000).optional(),
  note: z.string().trim().max(500).optional(),
  mode: z.enum(["rolling", "at-once"]).default("rolling"),
  encryption: Encryption.optional(),
});
export type BackupRequest = z.infer<typeof BackupRequest>;

export const RestoreRequest = z.object({
  id: z.string().max(64),
  /** Ids in the backup that go back to where they came from. Without ids and copies: all. */
  instanceIds: z.array(InstanceIdSchema).max(1_000).optional(),
  /** Instances of the backup that become new ones: new port, new token, channels off. */
  copies: z
    .array(
      z.object({
        from: InstanceIdSchema,
        id: NewInstanceId,
        name: InstanceName,
        /** Name of the user whose it will be; null: nobody's. Without it: whose the original was. */
        owner: z.string().max(64).nullable().exactOptional(),
      }),
    )
    .max(1_000)
    .optional(),
  unlock: Unlock.optional(),
});
export type RestoreRequest = z.infer<typeof RestoreRequest>;

/** What a restore would do, before anything is done. */
export interface RestorePlan {
  instances: PlannedRestore[];
  /** Bytes that must be free, and that are. */
  spaceNeeded: number;
  spaceFree: number;
  encryption: Encryption["kind"] | null;
}

export interface PlannedRestore {
  /** The instance in the backup. */
  from: InstanceId;
  /** The instance that it becomes. */
  id: InstanceId;
  name: string;
  action: "replace" | "create" | "copy";
  bytes: number;
  /** When the copy was taken. */
  takenAt: string;
  /** The port in the backup and the one that it will have; the latter null while not allocated. */
  portBefore: number;
  port: number | null;
  /** It is running now and will be stopped, then started again. */
  running: boolean;
  /** What the backup does not hold of it; missing when nothing was left out. */
  leftOut?: LeftOut;
  /** What the administrator should know first, as reasons that the page translates. */
  warnings: RestoreWarning[];
}

export type RestoreWarning =
  /** The backup was taken with a newer OpenClaw than the image that will run it. */
  | "NEWER_VERSION"
  /** The image of the backup is not the one that the instance will run. */
  | "OTHER_IMAGE"
  /** The recorded port is taken; another one will be allocated. */
  | "PORT_CHANGES"
  /** The backup is of a former instance; another one has its id now, and would be overwritten. */
  | "OTHER_INSTANCE";

/** What an instance was before a restore replaced it; it can be brought back. */
export interface Snapshot {
  id: string;
  instanceId: InstanceId;
  name: string;
  backupId: string;
  bytes: number;
  createdAt: string;
  /** When it is removed by itself. */
  expiresAt: string;
  /**
   * The restored instance was still starting at the limit of a start. Somebody decides whether the
   * new data stays or this comes back; until then it is not removed.
   */
  undecided: boolean;
}

/** How long a snapshot is kept. */
export const SNAPSHOT_DAYS = 7;

/** When backups are made by themselves, and which are kept. */
export const BackupPolicy = z.object({
  enabled: z.boolean(),
  /** Five fields: minute hour day month weekday. */
  cron: z.string().trim().min(9).max(100),
  /** IANA name. */
  timezone: z.string().min(1).max(64),
  /** Null: all instances. */
  instanceIds: z.array(InstanceIdSchema).max(1_000).nullable(),
  mode: z.enum(["rolling", "at-once"]),
  /** age's public keys; empty: not encrypted. */
  recipients: z.array(z.string().regex(/^age1[0-9a-z]{40,}$/)).max(20),
  /** The newest so many are kept; of older ones the last of so many days and of so many weeks. */
  keepLast: z.int().min(1).max(1_000),
  keepDaily: z.int().min(0).max(1_000),
  keepWeekly: z.int().min(0).max(1_000),
});
export type BackupPolicy = z.infer<typeof BackupPolicy>;

export const DEFAULT_BACKUP_POLICY: BackupPolicy = {
  enabled: false,
  cron: "0 3 * * *",
  timezone: "UTC",
  instanceIds: null,
  mode: "rolling",
  recipients: [],
  keepLast: 7,
  keepDaily: 14,
  keepWeekly: 8,
};
