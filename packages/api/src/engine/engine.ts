import type { ComposeProject } from "@claw/core/compose/project";
import type { InstanceId } from "@claw/core/instance";
import type { LogCursor, LogLine } from "@claw/core/log-cursor";
import type { ObservedContainer } from "@claw/core/status";

/**
 * What the panel needs of a container engine. An engine serves one home folder: it sees and
 * touches only containers and networks that carry the label of that home.
 *
 * Every method MUST reject with a DomainError: ENGINE_UNREACHABLE when the engine does not
 * answer, ENGINE_SLOW when it answers but does not do this in time, ENGINE_FAILED with the
 * engine's own sentence for what is not named below.
 */
export interface ContainerEngine extends AsyncDisposable {
  readonly kind: "docker" | "memory";

  /** The engine's own clock, which its stamps are of: the host's may be another one, or jump. */
  readonly clock: { now(): number };

  /** The engine's version. Answers or rejects within 5 s. */
  version(): Promise<string>;

  /** The local image behind a reference, or null when it is not on this engine. */
  findImage(ref: string): Promise<EngineImage | null>;

  /**
   * Fetches `ref` from its registry and names it `as` too. Rejects with IMAGE_UNAVAILABLE when
   * the registry does not answer or has no such image, CANCELLED when `signal` aborts.
   */
  pullImage(ref: string, options: PullOptions): Promise<void>;

  /** What all containers and networks of the engine use, whoever made them. */
  survey(): Promise<EngineSurvey>;

  /**
   * Makes the network and the container of service `id` be what `project` says. A container that
   * is up is left alone, whatever it was made from; so is one with the same spec hash, whatever
   * image its reference names by now. Another one is replaced, and the new one is not started. Rejects with CONTAINER_CLASH when a
   * container or network of that name is not ours, IMAGE_MISSING, SUBNETS_EXHAUSTED when the
   * subnet overlaps another network. What this call made itself is removed again when it fails.
   * A service without networks gets none at all, not even a way to the host.
   */
  deploy(project: ComposeProject, id: InstanceId): Promise<DeployResult>;

  /**
   * Resolves when the container's process has been started; no-op when it runs already.
   * Rejects with PORT_TAKEN when the host port is in use, INSTANCE_NOT_FOUND without container.
   */
  start(id: InstanceId): Promise<void>;

  /** Asks the process to end, kills it after its grace time; no-op when it does not run. */
  stop(id: InstanceId): Promise<void>;

  /** Removes container and network, never a running container; no-op when they are gone. */
  remove(id: InstanceId): Promise<void>;

  /**
   * Our containers as they are now, those of restore tests too, all or the one of `id`. One that the
   * engine does not describe in time is in state `unknown`, and keeps nobody waiting for long.
   */
  list(id?: InstanceId): Promise<ReadonlyMap<InstanceId, ObservedContainer>>;

  /**
   * Yields `connected` once nothing can be missed any more, then every change of one of our
   * containers, including that its health endpoint began to answer. A stream that breaks while
   * the engine answers is opened again: `connected` comes once more, for all to be looked at.
   * Rejects with ENGINE_UNREACHABLE when the engine does not answer; ends when `signal` aborts.
   */
  events(signal: AbortSignal): AsyncIterable<EngineEvent>;

  /**
   * Lines of a container's log in batches of at most 500, in the order of the log; a line over
   * LINE_LIMIT_BYTES is cut and says so, and a batch of long lines has fewer. Starts after
   * `after` (exclusive: a resumed reader gets every line once), or with the last `tail` lines.
   * With `follow` it goes on until the container ends or `signal` aborts. Batches are handed out
   * as lines come, at most 25 ms late. A reader that is slow slows the engine's stream. With
   * `before`, the oldest lines are left out when all weigh more than OLDER_LIMIT_BYTES.
   * Rejects with INSTANCE_NOT_FOUND without container.
   */
  logs(id: InstanceId, query: LogQuery): AsyncIterable<LogLine[]>;

  /**
   * What a running container uses, about once a second, until it ends or `signal` aborts.
   * Rejects with INSTANCE_NOT_FOUND without container.
   */
  stats(id: InstanceId, signal: AbortSignal): AsyncIterable<ContainerStats>;

  /**
   * Runs a program inside the running container. Secrets go into `env`, never into `argv`. It is
   * over when its process is, whatever becomes of its output. Rejects with COMMAND_FAILED when it
   * does not end in time, and ends it.
   */
  exec(id: InstanceId, argv: readonly string[], options: ExecOptions): Promise<ExecResult>;
}

export interface EngineImage {
  id: string;
  /** The registry's digest, `sha256:…`; null for an image that came from none. */
  digest: string | null;
  /** Bytes. */
  size: number;
}

export interface PullOptions {
  as: string;
  /** `progress` is 0 to 1. */
  onProgress: (progress: number) => void;
  signal: AbortSignal;
}

export interface EngineSurvey {
  /** Published host TCP port → name of the container that has it, running or not. */
  ports: ReadonlyMap<number, string>;
  /** Names of containers that are not ours. */
  foreign: ReadonlySet<string>;
  /** CIDRs of all networks. */
  subnets: readonly string[];
}

export interface DeployResult {
  /** True when a container was made or replaced. */
  changed: boolean;
}

export type EngineEvent =
  | { type: "connected" }
  /** `exitCode` is set when the container's process has just ended. */
  | { type: "changed"; id: InstanceId; exitCode?: number };

export interface LogQuery {
  after?: LogCursor;
  /** Only lines whose stamp is smaller; not together with `after` or `follow`. */
  before?: string;
  /** Number of last lines to begin with when there is no `after`. */
  tail: number;
  follow: boolean;
  /** Told, before the lines behind it, that the log is damaged: at least so many lines are lost. */
  onDamage?: (lines: number) => void;
  signal: AbortSignal;
}

/** What is held at most of lines that are read backwards. */
export const OLDER_LIMIT_BYTES = 8 * 1024 * 1024;

export interface ContainerStats {
  /** 100 is one processor. */
  cpuPercent: number;
  /** Without page cache that can be dropped. */
  memoryBytes: number;
  memoryLimitBytes: number;
  /** Since the container was started. */
  networkReceivedBytes: number;
  networkSentBytes: number;
}

export interface ExecOptions {
  env?: Readonly<Record<string, string>>;
  /** Five minutes unless it is given. */
  withinSeconds?: number;
  signal: AbortSignal;
}

export interface ExecResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}
