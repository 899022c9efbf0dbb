import type { Instance, InstanceId, InstanceSpec, OpensBy } from "@claw/core/instance";
import type { Activity } from "@claw/core/status";
import pLimit, { type LimitFunction } from "p-limit";
import type { ContainerEngine } from "../../engine/engine.ts";
import type { Log } from "../../log.ts";
import { type BatchControls, createBatchControls } from "./batch-controls.ts";
import {
  COMPOSE_FILE,
  type ComposeFileState,
  createComposeFileState,
} from "./compose-file-state.ts";
import type { ConfigAuthor } from "./config-author.ts";
import { createDrains, type Drains } from "./drains.ts";
import { createInstanceLocks, type InstanceLocks, type Operation } from "./instance-locks.ts";
import { createLogReads, type LogReads } from "./log-reads.ts";
import { createLogTails, type LogTails } from "./log-tails.ts";
import { createObserver, type Observer } from "./observer.ts";
import { createPendingChanges, type PendingChanges } from "./pending-changes.ts";
import { createSavedConfigs, type SavedConfigs } from "./saved-configs.ts";
import { createStartQueue, type StartQueue } from "./start-queue.ts";
import { createStatsHub, type StatsHub } from "./stats-hub.ts";
import { createStatusBoard, type StatusBoard } from "./status-board.ts";
import { createTurns, type Turns } from "./turns.ts";

/** In-memory state of instances: status, operations, the start queue. */
export interface LiveInstances extends AsyncDisposable {
  readonly board: StatusBoard;
  readonly locks: InstanceLocks;
  readonly starts: StartQueue;
  /** Stops that wait for running work. */
  readonly drains: Drains;
  readonly observer: Observer;
  readonly stats: StatsHub;
  /** New lines of logs being followed. */
  readonly logTails: LogTails;
  /** Reads of existing log lines. */
  readonly logReads: LogReads;
  readonly pending: PendingChanges;
  readonly composeFile: ComposeFileState;
  /** Outcomes of saved configurations. */
  readonly saved: SavedConfigs;
  /** Serializes what reads or changes a configuration together with its history. */
  readonly configTurns: Turns<InstanceId>;
  /** Who has a configuration changed just now by something else than the panel. */
  readonly configAuthors: Map<InstanceId, ConfigAuthor>;
  /** Serializes the choice of ports and networks. */
  readonly allocations: LimitFunction;
  /** Serializes changes of names, labels and open paths, which read before they write. */
  readonly edits: LimitFunction;
  /** Limits how many instances all batches together take down at a time. */
  readonly stops: LimitFunction;
  /** Pauses and resumes running batches. */
  readonly batches: BatchControls;
  /** Aborts when the panel ends. */
  readonly signal: AbortSignal;
}

export interface LiveOptions {
  engine: ContainerEngine;
  log: Log;
  specs: readonly InstanceSpec[];
  /** The home folder on the Docker host. */
  home: string;
  onConnected: (isAnew: boolean) => void;
  /** A failed task to retry: an instance's start, or the compose file. */
  onOwed?: (what: InstanceId | typeof COMPOSE_FILE) => void;
  /** The engine error, orphans, or the state of the compose file changed. */
  onChange?: () => void;
  /** Address of an instance's Control UI. */
  urlOf: (spec: InstanceSpec) => string;
  /** Whether the panel has addresses for instances. */
  servesInstances: () => boolean;
  /** Whether the panel can serve an instance whose image states this OpenClaw. */
  canServe: (spec: InstanceSpec, version: string | null) => boolean;
  /** Name of a user by id. */
  nameOf?: (userId: string | null) => string | null;
}

/** Limit for all batches together: a stop lasts up to its grace time. */
const STOPS_AT_ONCE = 8;

/** Operations shown as a status; the others leave the status unchanged. */
const SHOWN: Partial<Record<Operation, Activity>> = {
  creating: "creating",
  starting: "starting",
  restarting: "restarting",
  stopping: "stopping",
  removing: "removing",
  "backing-up": "backing-up",
  resuming: "resuming",
  restoring: "restoring",
};

function opensBy(
  { ingress, ingressFault }: InstanceSpec,
  { servesInstances, canServe }: { servesInstances: boolean; canServe: boolean },
): OpensBy {
  if (ingress) return servesInstances ? "panel" : "unserved";
  // A gateway that has refused the panel would refuse it again.
  return canServe && !ingressFault ? "token-migratable" : "token";
}

export function createLiveInstances(options: LiveOptions): LiveInstances {
  const ended = new AbortController();
  const touch = (id: InstanceId) => board.touch(id);
  const locks = createInstanceLocks(touch);
  const starts = createStartQueue(touch);
  const drains = createDrains(touch);
  const pending = createPendingChanges({
    home: options.home,
    onChange: () => board.ids().forEach(touch),
  });
  const board = createStatusBoard({
    now: () => options.engine.clock.now(),
    pendingOf: pending.of,
    urlOf: options.urlOf,
    workOf: drains.workOf,
    opensBy: (spec) =>
      opensBy(spec, {
        servesInstances: options.servesInstances(),
        canServe: options.canServe(spec, pending.versionOf(spec.image)),
      }),
    onOwed: (id) => options.onOwed?.(id),
    ...(options.nameOf && { nameOf: options.nameOf }),
    activityOf: (id) => {
      const operation = locks.current(id);
      const shown = operation === null ? null : (SHOWN[operation] ?? null);
      return shown ?? (starts.isWaiting(id) ? "queued" : null);
    },
  });
  const observer = createObserver({ ...options, board });
  const stats = createStatsHub({ ...options, board });
  const logTails = createLogTails({ ...options, board, signal: ended.signal });
  for (const spec of options.specs) board.setSpec(spec);

  return {
    board,
    locks,
    starts,
    drains,
    observer,
    stats,
    logTails,
    logReads: createLogReads(),
    pending,
    saved: createSavedConfigs(),
    configTurns: createTurns(),
    configAuthors: new Map(),
    composeFile: createComposeFileState(
      () => options.onOwed?.(COMPOSE_FILE),
      () => options.onChange?.(),
    ),
    allocations: pLimit(1),
    edits: pLimit(1),
    stops: pLimit(STOPS_AT_ONCE),
    batches: createBatchControls(),
    signal: ended.signal,
    async [Symbol.asyncDispose]() {
      ended.abort();
      await logTails[Symbol.asyncDispose]();
      await stats[Symbol.asyncDispose]();
      await observer[Symbol.asyncDispose]();
      await starts.idle();
    },
  };
}

/** True while an instance may still come up on its own. */
export function isComingUp(instance: Instance | null): boolean {
  return instance?.status === "starting";
}

/** True while a start keeps its slot in the queue; a slow one passes it on. */
export function isInItsTurn(instance: Instance | null): boolean {
  return isComingUp(instance) && instance?.statusDetail?.code !== "SLOW_START";
}
