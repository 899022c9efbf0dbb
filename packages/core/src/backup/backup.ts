import { z } from "zod";
import { InstanceId, InstanceName, NewInstanceId } from "../instance.ts";
import { LeftOut } from "./instance-record.ts";

/**
 * How an archive is encrypted. Without passphrase or identity it is lost: the panel keeps neither.
 */
export const Encryption = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("passphrase"), passphrase: z.string().min(10).max(1_024) }),
  z.object({
    kind: z.literal("recipients"),
    /** age public keys, `age1…`. */
    recipients: z
      .array(z.string().regex(/^age1[0-9a-z]{40,}$/))
      .min(1)
      .max(20),
  }),
]);
export type Encryption = z.infer<typeof Encryption>;

const EncryptionKind = z.enum(["passphrase", "recipients"]);

const BackedUpInstance = z.object({
  id: z.string(),
  name: z.string(),
  /** Bytes of its files, uncompressed. */
  bytes: z.number(),
  /** Bytes on disk; fewer when files have holes. Missing in backups of older panels. */
  allocated: z.number().exactOptional(),
  files: z.number(),
  /** Identity of the instance and its owner's user name; missing when unknown. */
  uid: z.string().nullable().exactOptional(),
  owner: z.string().nullable().exactOptional(),
  /** Counts of files left out of the backup; missing when it is complete. */
  leftOut: LeftOut.exactOptional(),
});
export type BackedUpInstance = z.output<typeof BackedUpInstance>;

/** A backup as the API shows it. Listed only when its file is complete. */
export const Backup = z.object({
  id: z.string(),
  /** File name in the backup folder. */
  filename: z.string(),
  /** File size in bytes. */
  size: z.number(),
  /** SHA-256 of the file, hexadecimal. */
  sha256: z.string(),
  instanceCount: z.number(),
  instances: z.array(BackedUpInstance),
  /** ISO-8601 UTC. */
  createdAt: z.string(),
  /** The requester: `panel`, `schedule`, `upload` or a user name. */
  createdBy: z.string(),
  note: z.string().nullable(),
  encryption: EncryptionKind.nullable(),
  /** Exempt from retention. */
  pinned: z.boolean(),
  /** Time of the last full check that passed; null when the last one failed. */
  verifiedAt: z.string().nullable(),
  /** Time of the last restore test that brought up an instance from it. */
  provenAt: z.string().nullable(),
  /** The fault that the last check found, as a sentence. */
  fault: z.string().nullable(),
});
export type Backup = z.output<typeof Backup>;

/** The whole list, on each change. */
export const BackupEvent = z.object({ type: z.literal("snapshot"), backups: z.array(Backup) });
export type BackupEvent = z.output<typeof BackupEvent>;

export type BackupMode = "rolling" | "at-once";

/** The key to an encrypted archive. */
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
  /** Omitted: all instances. */
  instanceIds: z.array(InstanceId).min(1).max(1_000).optional(),
  note: z.string().trim().max(500).optional(),
  mode: z.enum(["rolling", "at-once"]).default("rolling"),
  encryption: Encryption.optional(),
});
export type BackupRequest = z.infer<typeof BackupRequest>;

export const RestoreRequest = z.object({
  id: z.string().max(64),
  /** Ids in the backup to restore in place. Without ids and copies: all. */
  instanceIds: z.array(InstanceId).max(1_000).optional(),
  /** Instances to restore as new ones: new port, new token, channels off. */
  copies: z
    .array(
      z.object({
        from: InstanceId,
        id: NewInstanceId,
        name: InstanceName,
        /** User name of the new owner; null: none; omitted: the original's owner. */
        owner: z.string().max(64).nullable().exactOptional(),
      }),
    )
    .max(1_000)
    .optional(),
  unlock: Unlock.optional(),
});
export type RestoreRequest = z.infer<typeof RestoreRequest>;

const RestoreWarning = z.enum([
  /** The backup comes from a newer OpenClaw than the image that will run it. */
  "NEWER_VERSION",
  /** The instance will run another image than the backup's. */
  "OTHER_IMAGE",
  /** The recorded port is in use; the restore allocates another. */
  "PORT_CHANGES",
  /**
   * The backup belongs to a former instance; the restore overwrites the one that has its id now.
   */
  "OTHER_INSTANCE",
  /** The backup lacks files of the instance; `leftOut` counts them. */
  "LEFT_OUT",
]);
export type RestoreWarning = z.infer<typeof RestoreWarning>;

const PlannedRestore = z.object({
  /** The instance in the backup. */
  from: z.string(),
  /** The instance after the restore. */
  id: z.string(),
  name: z.string(),
  action: z.enum(["replace", "create", "copy"]),
  bytes: z.number(),
  /** Time of the copy. */
  takenAt: z.string(),
  /** The port in the backup and the port after the restore; the latter null while not allocated. */
  portBefore: z.number(),
  port: z.number().nullable(),
  /** It runs now; the restore stops it and starts it again. */
  running: z.boolean(),
  /** Counts of files left out of the backup; missing when it is complete. */
  leftOut: LeftOut.exactOptional(),
  /** Warnings for the administrator, as reasons that the page translates. */
  warnings: z.array(RestoreWarning),
});
export type PlannedRestore = z.output<typeof PlannedRestore>;

/** The effects of a restore, computed before anything changes. */
export const RestorePlan = z.object({
  instances: z.array(PlannedRestore),
  /** Bytes required, and bytes available. */
  spaceNeeded: z.number(),
  spaceFree: z.number(),
  encryption: EncryptionKind.nullable(),
});
export type RestorePlan = z.output<typeof RestorePlan>;

/** An instance's data before a restore replaced it; it can be reverted to. */
export const Snapshot = z.object({
  id: z.string(),
  instanceId: z.string(),
  name: z.string(),
  backupId: z.string(),
  bytes: z.number(),
  createdAt: z.string(),
  /** Time of its automatic removal. */
  expiresAt: z.string(),
  /**
   * The restored instance was still starting at the start limit. A user decides whether to keep the
   * new data or to revert; the snapshot is kept until then.
   */
  undecided: z.boolean(),
});
export type Snapshot = z.output<typeof Snapshot>;

/** The single-use address for downloading a backup. */
export const DownloadLink = z.object({ url: z.string() });

/** Lifetime of a snapshot. */
export const SNAPSHOT_DAYS = 7;

/** The schedule of automatic backups and their retention. */
export const BackupPolicy = z.object({
  enabled: z.boolean(),
  /** Five fields: minute hour day month weekday. */
  cron: z.string().trim().min(9).max(100),
  /** IANA time zone. */
  timezone: z.string().min(1).max(64),
  /** Null: all instances. */
  instanceIds: z.array(InstanceId).max(1_000).nullable(),
  mode: z.enum(["rolling", "at-once"]),
  /** age public keys; empty: not encrypted. */
  recipients: z.array(z.string().regex(/^age1[0-9a-z]{40,}$/)).max(20),
  /** Keep the newest so many; of older ones, the last of so many days and of so many weeks. */
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

/** The next times of a schedule, ISO-8601 UTC. */
export const NextRuns = z.object({ next: z.array(z.string()) });

/** Verification progress of an upload, in bytes of the file. */
export const UploadCheck = z.object({ bytes: z.number(), totalBytes: z.number() });
