import type { Instance, InstanceId, InstanceSpec } from "@claw/core/instance";
import type { Activity } from "@claw/core/status";
import pLimit, { type LimitFunction } from "p-limit";
import type { ContainerEngine } from "../../engine/engine.ts";
import type { Log } from "../../log.ts";
import {
  COMPOSE_FILE,
  type ComposeFileState,
  createComposeFileState,
} from "./compose-file-state.ts";
import { createInstanceLocks, type InstanceLocks, type Operation } from "./instance-locks.ts";
import { createLogReads, type LogReads } from "./log-reads.ts";
import { createLogTails, type LogTails } from "./log-tails.ts";
import { createObserver, type Observer } from "./observer.ts";
import { createPendingChanges, type PendingChanges } from "./pending-changes.ts";
import { createSavedConfigs, type SavedConfigs } from "./saved-configs.ts";
import { createStartQueue, type StartQueue } from "./start-queue.ts";
import { createStatsHub, type StatsHub } from "./stats-hub.ts";
import { createStatusBoard, type StatusBoard } from "./status-board.ts";

/** Everything about instances that is true only now: status, operations, the queue of starts. */
export interface LiveInstances extends AsyncDisposable {
  readonly board: StatusBoard;
  readonly locks: InstanceLocks;
  readonly starts: StartQueue;
  readonly observer: Observer;
  readonly stats: StatsHub;
  /** What comes to the logs that somebody follows. */
  readonly logTails: LogTails;
  /** Reading what was written to a log before. */
  readonly logReads: LogReads;
  readonly pending: PendingChanges;
  readonly composeFile: ComposeFileState;
  /** What becomes of configurations that were saved. */
  readonly saved: SavedConfigs;
  /** Choosing a port and a network is done for one instance after the other. */
  readonly allocations: LimitFunction;
  /** Aborted when the panel ends. */
  readonly signal: AbortSignal;
}

export interface LiveOptions {
  engine: ContainerEngine;
  log: Log;
  specs: readonly InstanceSpec[];
  /** The home folder on the Docker host. */
  home: string;
  onConnected: (isAnew: boolean) => void;
  /** What could not be done and is to be tried again: an instance's start, or the compose file. */
  onOwed?: (what: InstanceId | typeof COMPOSE_FILE) => void;
  /** Name of the user with this id. */
  nameOf?: (userId: string | null) => string | null;
}

/** Operations that show as a status of their own; the others leave the status as it is. */
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

export function createLiveInstances(options: LiveOptions): LiveInstances {
  const ended = new AbortController();
  const touch = (id: InstanceId) => board.touch(id);
  const locks = createInstanceLocks(touch);
  const starts = createStartQueue(touch);
  const pending = createPendingChanges({
    home: options.home,
    onChange: () => board.ids().forEach(touch),
  });
  const board = createStatusBoard({
    now: () => options.engine.clock.now(),
    pendingOf: pending.of,
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
    observer,
    stats,
    logTails,
    logReads: createLogReads(),
    pending,
    saved: createSavedConfigs(),
    composeFile: createComposeFileState(() => options.onOwed?.(COMPOSE_FILE)),
    allocations: pLimit(1),
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

/** True while an instance may still come up by itself. */
export function isComingUp(instance: Instance | null): boolean {
  return instance?.status === "starting";
}

/** True while a start keeps its place among those that start; a slow one gives it to the next. */
export function isInItsTurn(instance: Instance | null): boolean {
  return isComingUp(instance) && instance?.statusDetail?.code !== "SLOW_START";
}
