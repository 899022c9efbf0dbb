import { z } from "zod";
import { LeftOut } from "./backup/instance-record.ts";
import { REASONS } from "./errors.ts";

/** Why a job about many instances failed for this one. */
export const InstanceFailure = z.object({
  id: z.string(),
  reason: z.enum(REASONS),
  message: z.string(),
});
export type InstanceFailure = z.output<typeof InstanceFailure>;

/** Of a job about many instances: those without which it continued. */
const ofMany = { failed: z.array(InstanceFailure).exactOptional() };

export const ImageResult = z.object({
  ref: z.string(),
  id: z.string(),
  digest: z.string().nullable(),
  size: z.number(),
});

export const InitResult = z.object({
  /** The provider that was set up, or null. */
  provider: z.string().nullable(),
  /** Null: the provider was not asked. */
  answered: z.boolean().nullable(),
  url: z.string(),
});

/** Without `backupId` while there is no backup, and when none came of it. */
export const BackupResult = z.object({
  ...ofMany,
  backupId: z.string().exactOptional(),
  /** Instances that ran before and are down now, with the reasons. */
  notStarted: z.array(z.object({ id: z.string(), message: z.string() })).exactOptional(),
  /** Instances with files that the backup cannot hold, and how much each is missing. */
  leftOut: z.array(LeftOut.extend({ id: z.string() })).exactOptional(),
});
export type BackupResult = z.output<typeof BackupResult>;

const Restored = z.object({
  from: z.string(),
  id: z.string(),
  /** The snapshot of the replaced data, if any. */
  snapshotId: z.string().nullable(),
});
export type Restored = z.output<typeof Restored>;

/** `restored` grows with each instance. */
export const RestoreResult = z.object({ ...ofMany, restored: z.array(Restored).exactOptional() });
export type RestoreResult = z.output<typeof RestoreResult>;

export const VerifyResult = z.object({
  /** Every file was compared, including those of an encrypted archive. */
  opened: z.boolean(),
});
export type VerifyResult = z.output<typeof VerifyResult>;

export const TestRestoreResult = z.object({
  instanceId: z.string(),
  healthy: z.boolean(),
  /** From the container's start to this result. */
  seconds: z.number(),
  /** Why it is unhealthy. */
  message: z.string().nullable(),
});
export type TestRestoreResult = z.output<typeof TestRestoreResult>;
