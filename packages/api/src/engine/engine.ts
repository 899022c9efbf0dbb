import type { InstanceId } from "@claw/core/instance";
import type { LogCursor, LogLine } from "@claw/core/log-cursor";
import type { ObservedContainer } from "@claw/core/status";
import type { Workload } from "@claw/core/workload";
import type { EngineAddresses } from "./engine-addresses.ts";
import type { EngineImages } from "./engine-images.ts";

/**
 * The container engine as the panel uses it: workloads here, images and addresses in interfaces of
 * their own. An engine serves one home folder: it sees and touches only containers and networks with
 * that home's label.
 *
 * Every method MUST reject with a DomainError: ENGINE_UNREACHABLE when the engine does not answer,
 * ENGINE_SLOW when it answers but exceeds the limit, ENGINE_FAILED with the engine's own message
 * for everything not named below.
 */
export interface ContainerEngine extends AsyncDisposable {
  /** Shown to people. To decide anything, callers read `capabilities`. */
  readonly kind: "docker" | "memory";

  readonly capabilities: Capabilities;

  readonly images: EngineImages;

  readonly addresses: EngineAddresses;

  /** The clock of the engine's timestamps; the host's may differ or jump. */
  readonly clock: { now(): number };

  /** The engine's version. Answers or rejects within 5 s. */
  version(): Promise<string>;

  /**
   * Makes the network and the container of a workload match it. Leaves a running container
   * alone, whatever it was created from, and one with the same spec hash, even if its reference
   * names another image now. Replaces any other without starting the new one. The image may be named
   * by its id, too. Rejects with CONTAINER_CLASH when a container or network of that name is not
   * ours, IMAGE_MISSING, SUBNETS_EXHAUSTED when the subnet overlaps another network,
   * TEMPLATE_INVALID when the workload is labelled for another home. Removes on failure what this
   * call created. A workload without a network gets none, not even a way to the host.
   */
  deploy(workload: Workload): Promise<DeployResult>;

  /**
   * Resolves once the container's process has started; no-op when it is running. Rejects with
   * PORT_TAKEN when the host port is in use, INSTANCE_NOT_FOUND without a container.
   */
  start(id: InstanceId): Promise<void>;

  /**
   * Where the panel reaches the gateway of a running instance, healthy or not. Null without a
   * running container, and when the gateway is published nowhere that this machine reaches. Another
   * run may have another endpoint.
   */
  endpoint(id: InstanceId): Promise<Endpoint | null>;

  /** Asks the process to end and kills it after its grace time; no-op when it is not running. */
  stop(id: InstanceId): Promise<void>;

  /** Removes container and network, never a running container; no-op when they are gone. */
  remove(id: InstanceId): Promise<void>;

  /**
   * The current state of our containers, restore tests included, or of the one of `id`. A container
   * that the engine does not describe in time is in state `unknown`, which delays the call only
   * briefly.
   */
  list(id?: InstanceId): Promise<ReadonlyMap<InstanceId, ObservedContainer>>;

  /**
   * Yields `connected` once no event can be missed any more, then every change of one of our
   * containers, including the first answer of its health endpoint. Reopens a stream that breaks
   * while the engine answers and yields `connected` again, as a request for a resync. Rejects with
   * ENGINE_UNREACHABLE when the engine does not answer; ends when `signal` aborts.
   */
  events(signal: AbortSignal): AsyncIterable<EngineEvent>;

  /**
   * A container's log lines in log order, in batches of at most 500, fewer when lines are long; a
   * line over LINE_LIMIT_BYTES is cut and marked. Starts after `after` (exclusive: a resumed reader
   * gets every line once), or with the last `tail` lines. With `follow` it continues until the
   * container ends or `signal` aborts. Delivers lines at most 25 ms late; a slow reader slows the
   * engine's stream. With `before`, drops the oldest lines when all exceed OLDER_LIMIT_BYTES.
   * Rejects with INSTANCE_NOT_FOUND without a container.
   */
  logs(id: InstanceId, query: LogQuery): AsyncIterable<LogLine[]>;

  /**
   * A running container's usage, about once a second, until it ends or `signal` aborts. Rejects
   * with INSTANCE_NOT_FOUND without a container, NOT_SUPPORTED without the capability.
   */
  stats(id: InstanceId, signal: AbortSignal): AsyncIterable<ContainerStats>;

  /**
   * Runs a program inside the running container. Pass secrets in `env`, never in `argv`. Resolves
   * when its process ends, whatever becomes of its output. Ends it and rejects with COMMAND_FAILED
   * when it exceeds its time, NOT_SUPPORTED without the capability.
   */
  exec(id: InstanceId, argv: readonly string[], options: ExecOptions): Promise<ExecResult>;

  /**
   * Runs a program in a container of its own, made from `image` (a reference or an id) without
   * network, data and rights, and removed at the end whatever happens; one of a killed panel is
   * removed when `events` connects. It is no instance: `list` and
   * `events` do not show it. Rejects with IMAGE_MISSING, a CommandOverrun when it exceeds its
   * time, CANCELLED when `signal` aborts, NOT_SUPPORTED without the capability.
   */
  runOnce(image: string, argv: readonly string[], options: RunOptions): Promise<ExecResult>;
}

/** Optional features of an engine, beyond running instances. */
export interface Capabilities {
  /** Runs programs inside a container. */
  readonly exec: boolean;
  /** Runs a program in a container of its own. */
  readonly oneOff: boolean;
  /** Measures what a container uses. */
  readonly stats: boolean;
  /** Places instances on several machines. */
  readonly nodes: boolean;
  /** Keeps data in volumes of its own rather than in folders of this machine. */
  readonly volumes: boolean;
  /** A gateway sees the panel under the gateway address of its instance's network. */
  readonly bridgePeer: boolean;
}

/** An address that accepts TCP connections. */
export interface Endpoint {
  /** A name or an address, IPv6 without brackets. */
  host: string;
  port: number;
}

export interface DeployResult {
  /** True when a container was created or replaced. */
  changed: boolean;
}

export type EngineEvent =
  | { type: "connected" }
  /** `exitCode` is set when the container's process has just ended. */
  | { type: "changed"; id: InstanceId; exitCode?: number };

export interface LogQuery {
  after?: LogCursor;
  /** Only lines with earlier timestamps; not together with `after` or `follow`. */
  before?: string;
  /** Number of last lines to begin with when `after` is missing. */
  tail: number;
  follow: boolean;
  /** Called before the lines behind a damaged place, with the minimum number of lost lines. */
  onDamage?: (lines: number) => void;
  signal: AbortSignal;
}

/** Maximum held of lines that are read backwards. */
export const OLDER_LIMIT_BYTES = 8 * 1024 * 1024;

export interface ContainerStats {
  /** 100 is one processor. */
  cpuPercent: number;
  /** Without page cache that can be dropped. */
  memoryBytes: number;
  memoryLimitBytes: number;
  /** Since the container's start. */
  networkReceivedBytes: number;
  networkSentBytes: number;
}

export interface ExecOptions {
  env?: Readonly<Record<string, string>>;
  /** Default: five minutes. */
  withinSeconds?: number;
  signal: AbortSignal;
}

export interface RunOptions {
  env?: Readonly<Record<string, string>>;
  /** Texts by absolute path, which the program finds, and which go with the container. */
  files?: Readonly<Record<string, string>>;
  /** Default: a minute. */
  withinSeconds?: number;
  signal: AbortSignal;
}

export interface ExecResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}
