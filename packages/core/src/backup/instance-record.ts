import { z } from "zod";
import { DesiredState, HostPort, InstanceId, InstanceName } from "../instance.ts";
import { Group, Tags } from "../labels.ts";

const Count = z.int().min(0);

/** Counts of an instance's files that a backup cannot hold. */
export const LeftOut = z.object({
  /** Links that are absolute or lead out of the folder. */
  links: Count,
  /** Sockets, devices, and files whose names are not valid text. */
  others: Count,
});
export type LeftOut = z.infer<typeof LeftOut>;

/** A backup's record of an instance, besides its files. Holds no secret. */
export const InstanceRecord = z.object({
  id: InstanceId,
  /** The instance's identity. Missing in backups of older panels. */
  uid: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .exactOptional(),
  name: InstanceName,
  port: HostPort,
  publishHost: z.string().max(64),
  timezone: z.string().max(64),
  desired: DesiredState,
  createdAt: z.iso.datetime(),
  /** The owner's user name; null: none. Missing in backups of older panels. */
  owner: z.string().max(64).nullable().exactOptional(),
  /** Missing in backups of older panels, like the tags. */
  group: Group.nullable().exactOptional(),
  tags: Tags.exactOptional(),
  image: z.object({
    ref: z.string().max(500),
    /** The engine's image id, `sha256:…`; null when the image was gone. */
    id: z.string().max(200).nullable(),
    /** The registry's digest; null for a locally built image. */
    digest: z.string().max(500).nullable(),
  }),
  /** Null when it was not running and could not be asked. */
  openclawVersion: z.string().max(100).nullable(),
  /** Its service in docker-compose.yml as rendered. */
  compose: z.string().max(1_000_000),
  /** Time of the copy, ISO-8601 UTC. */
  takenAt: z.iso.datetime(),
  /** Missing when nothing was left out, and in backups of older panels. */
  leftOut: LeftOut.exactOptional(),
});
export type InstanceRecord = z.infer<typeof InstanceRecord>;
