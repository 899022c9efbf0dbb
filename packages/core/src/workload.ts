import type { InstanceId } from "./instance.ts";

/**
 * The description of an instance or a restore test for an engine. People edit the compose template;
 * `compose/workload.ts` derives this from its rendered form. It names nothing that only one engine
 * or one machine has: the driver chooses the names of container and network, and the place of a
 * storage handle on a disk.
 */
export interface Workload {
  id: InstanceId;
  /** Name under which tools show all workloads of a home together. */
  project: string;
  /** Reference; one with `@sha256:…` names the same image for ever. */
  image: string;
  hostname: string;
  command: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** `uid:gid`; null: the image's user. */
  user: string | null;
  mounts: readonly Mount[];
  published: readonly PublishedPort[];
  /** Null for a restore test: no network at all, not even a way to the host. */
  network: PrivateNetwork | null;
  limits: Limits;
  health: HealthCheck;
  restart: "no" | "always" | "unless-stopped";
  /** Time that the process has to end before it is killed. */
  stopGraceSeconds: number;
  /** A first process that reaps others. */
  init: boolean;
  isolation: Isolation;
  log: { driver: string; options: Readonly<Record<string, string>> };
  /** The instance, the home and the spec's fingerprint among them. */
  labels: Readonly<Record<string, string>>;
}

export interface Mount {
  source: MountSource;
  /** Path in the container. */
  target: string;
  readOnly: boolean;
}

/**
 * A place in the panel's storage, as `instances/anna/data`: a folder of the home where the driver
 * keeps data in folders. Or a path on the engine's machine, which only an administrator may allow.
 */
export type MountSource = { storage: StorageHandle } | { hostPath: string };

/** `/` separates its parts on every system. */
export type StorageHandle = string;

export interface PublishedPort {
  /** Address of the engine's machine; empty: all of them. */
  address: string;
  port: number;
  containerPort: number;
}

/** A network that a workload shares with no other. */
export interface PrivateNetwork {
  /** CIDR. */
  subnet: string;
  gateway: string;
  labels: Readonly<Record<string, string>>;
}

export interface Limits {
  memoryBytes: number;
  processes: number;
}

export interface HealthCheck {
  /** As Compose's `test`: `CMD` or `CMD-SHELL` first. */
  test: readonly string[];
  intervalSeconds: number;
  timeoutSeconds: number;
  retries: number;
  /** Failures in this time after the start do not count. */
  startSeconds: number;
}

export interface Isolation {
  droppedCapabilities: readonly string[];
  securityOptions: readonly string[];
  /** Rights on the engine's machine; none without the administrator's permission. */
  rights: HostRights;
}

export interface HostRights {
  privileged: boolean;
  capabilities: readonly string[];
  /** `/dev/x[:/dev/y[:rwm]]`. */
  devices: readonly string[];
  /** Sees the machine's processes. */
  processes: boolean;
  /** Shares the machine's memory segments and queues. */
  memory: boolean;
}
