import { z } from "zod";
import { DesiredState, HostPort, InstanceId, InstanceName } from "../instance.ts";

const Count = z.int().min(0);

/** How much of an instance is not in its backup, because a backup cannot hold it. */
export const LeftOut = z.object({
  /** Links that lead out of the folder, or are absolute. */
  links: Count,
  /** Sockets, devices, and files whose names are not text. */
  others: Count,
});
export type LeftOut = z.infer<typeof LeftOut>;

/** What a backup remembers of an instance besides its files. Holds no secret. */
export const InstanceRecord = z.object({
  id: InstanceId,
  /** Which instance of this id it was. Missing in what older panels made. */
  uid: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .exactOptional(),
  name: InstanceName,
  port: HostPort,
  publishHost: z.string().max(64),
  timezone: z.string().max(64),
  desired: DesiredState,
  createdAt: z.string().max(40),
  /** Name of the user whose it was; null: nobody's. Missing in what older panels made. */
  owner: z.string().max(64).nullable().exactOptional(),
  image: z.object({
    ref: z.string().max(500),
    /** The engine's id of the image, `sha256:…`; null when the image was gone. */
    id: z.string().max(200).nullable(),
    /** The registry's digest; null for an image that was built here. */
    digest: z.string().max(500).nullable(),
  }),
  /** Null when it was not running, and could not be asked. */
  openclawVersion: z.string().max(100).nullable(),
  /** Its part of docker-compose.yml as rendered. */
  compose: z.string().max(1_000_000),
  /** When its files were copied, ISO-8601 UTC. */
  takenAt: z.string().max(40),
  /** Missing when nothing was, and in what older panels made. */
  leftOut: LeftOut.exactOptional(),
});
export type InstanceRecord = z.infer<typeof InstanceRecord>;
