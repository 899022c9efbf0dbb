import { complaintOf } from "./complaint.ts";
import type { InstanceSpec, InstanceStatus, StatusDetail } from "./instance.ts";
import { mayBeBusy, type SeenLoad } from "./seen-load.ts";
import { asSentence } from "./sentence.ts";

/** Container state as the engine reports it. */
export interface ObservedContainer {
  containerId: string;
  specHash: string;
  image: string;
  /** The image that it was created from; undefined when the engine does not report it. */
  imageId?: string;
  /** `unknown`: the engine answers, but not about this container's state. */
  state:
    | "created"
    | "running"
    | "paused"
    | "restarting"
    | "removing"
    | "exited"
    | "dead"
    | "unknown";
  /** `none`: the container has no health check. */
  health: "none" | "starting" | "healthy" | "unhealthy";
  /** The gateway has answered in this run, as far as the engine can tell. */
  answered: boolean;
  /** Automatic restarts since creation. */
  restartCount: number;
  exitCode: number;
  outOfMemory: boolean;
  /** ISO-8601 UTC by the engine's clock; null when it never started or is not running. */
  startedAt: string | null;
}

/** The panel's current operation on an instance. */
export type Activity =
  | "creating"
  | "starting"
  | "queued"
  | "restarting"
  | "stopping"
  | "removing"
  /** Stopped for a backup, and starting again after it. */
  | "backing-up"
  | "resuming"
  /** Stopped for a restore. */
  | "restoring";

export interface StatusInput {
  spec: Pick<InstanceSpec, "desired">;
  /** Null without a container. */
  observed: ObservedContainer | null;
  reachable: boolean;
  activity: Activity | null;
  /** The kinds of work that the gateway finishes before; null: the activity does not wait. */
  finishing: readonly string[] | null;
  /** Exit code of the last run that ended on its own; a crash loop hides it between two runs. */
  lastExitCode: number | null;
  /** Error message of the panel's last attempt to start it, when that failed. */
  startError: string | null;
  lines: readonly string[];
  /**
   * Since when a gateway that had answered no longer does, by the engine's clock; null: since now.
   */
  silentSince: number | null;
  /** Null: the panel cannot ask the gateway, or has not yet. */
  load: SeenLoad | null;
  /** By the engine's clock, like its containers' timestamps. */
  now: number;
}

export interface DerivedStatus {
  status: InstanceStatus;
  statusReason: string | null;
  statusDetail: StatusDetail | null;
}

/** Start limit of a gateway whose process lives; after it, the status is error. */
export const STARTING_LIMIT_MS = 600_000;
/** A start longer than this is shown with its duration (facts, 6: 58 s on a busy machine). */
export const USUAL_START_MS = 120_000;
/** A run that began automatically this recently and has not answered is part of a crash loop. */
const RECENT_RESTART_MS = 120_000;
const MINUTE_MS = 60_000;

const DETAIL_LINES = 20;

const BACKING_UP = "It is being backed up, and starts again by itself.";

/** Exit codes of a container that was asked to stop: done, or ended by SIGTERM. */
const CLEAN_EXITS: ReadonlySet<number> = new Set([0, 143]);

type Explain = (
  status: InstanceStatus,
  code: StatusDetail["code"],
  reason: string,
  exitCode?: number | null,
) => DerivedStatus;

const plain = (status: InstanceStatus): DerivedStatus => ({
  status,
  statusReason: null,
  statusDetail: null,
});

/**
 * The only rule that derives an instance's status. `State.Running` alone lies during a crash loop,
 * so health, restart count, age and exit code decide (measured on OpenClaw 2026.9.6).
 */
export function deriveStatus(input: StatusInput): DerivedStatus {
  const { observed, activity } = input;
  const explain = (
    status: InstanceStatus,
    code: StatusDetail["code"],
    statusReason: string,
    exitCode: number | null = null,
  ): DerivedStatus => ({
    status,
    statusReason,
    statusDetail: {
      code,
      exitCode,
      lines: status === "error" ? input.lines.slice(-DETAIL_LINES) : [],
    },
  });

  if (!input.reachable)
    return explain(
      "unknown",
      "ENGINE_UNREACHABLE",
      "Docker cannot be reached, so the status is not known.",
    );
  if (activity !== null && input.finishing !== null) return finishingWork(input.finishing, explain);
  if (activity === "stopping" || activity === "removing") return plain("stopping");
  if (activity === "backing-up" || activity === "resuming")
    return explain(activity === "resuming" ? "starting" : "stopping", "BACKING_UP", BACKING_UP);
  if (activity === "restoring")
    return explain("stopping", "RESTORING", "It is being restored from a backup.");
  if (activity === "queued")
    return explain("starting", "QUEUED", "Waiting its turn: two instances start at a time.");
  if (activity !== null) return plain("starting");
  if (observed === null) {
    if (input.startError) return explain("error", "START_FAILED", input.startError);
    return input.spec.desired === "stopped"
      ? plain("stopped")
      : explain(
          "error",
          "CONTAINER_MISSING",
          "Its container is gone. Start the instance to make it again.",
        );
  }
  return fromContainer(input, observed, explain);
}

function finishingWork(work: readonly string[], explain: Explain): DerivedStatus {
  const sentence = `It finishes running work before it stops: ${work.join(", ")}.`;
  const derived = explain("stopping", "FINISHING_WORK", sentence);
  const { statusDetail } = derived;
  return { ...derived, statusDetail: statusDetail && { ...statusDetail, work } };
}

function fromContainer(
  input: StatusInput,
  observed: ObservedContainer,
  explain: Explain,
): DerivedStatus {
  const exitCode = input.lastExitCode ?? (observed.exitCode === 0 ? null : observed.exitCode);
  const complaint = complaintOf(input.lines);
  const isLast = complaint === input.lines.at(-1);
  const because = complaint
    ? ` ${isLast ? "Last log line" : "Its log says"}: ${asSentence(complaint)}`
    : "";
  if (observed.state === "unknown")
    return explain(
      "unknown",
      "CONTAINER_SILENT",
      "Docker does not say how its container is: it hangs. If it stays so, restart Docker.",
    );
  if (observed.state === "removing") return { ...plain("stopping") };
  if (observed.outOfMemory && hasEnded(input, observed))
    return explain(
      "error",
      "OUT_OF_MEMORY",
      "It was ended because it needed more memory than its limit.",
      exitCode,
    );
  if (observed.state === "restarting" || (isUp(observed) && crashed(input, observed)))
    return explain(
      "error",
      "CRASH_LOOP",
      `It keeps ending${exitCode === null ? "" : ` with exit code ${exitCode}`} and is started again and again.${because}`,
      exitCode,
    );
  if (observed.state === "paused")
    return explain(
      "error",
      "CONTAINER_PAUSED",
      "Its container is paused. Restart the instance to go on.",
    );
  if (isUp(observed)) return whileUp(input, observed, explain, because);
  if (input.startError) return explain("error", "START_FAILED", input.startError);
  if (observed.state === "created") return plain("created");
  if (input.spec.desired === "stopped" || CLEAN_EXITS.has(observed.exitCode))
    return plain("stopped");
  return explain(
    "error",
    "EXITED",
    `It ended with exit code ${observed.exitCode}.${because}`,
    observed.exitCode,
  );
}

/** It ended unasked; a requested stop keeps the mark of an earlier time. */
const hasEnded = ({ spec }: StatusInput, { state }: ObservedContainer) =>
  state === "restarting" ||
  ((state === "exited" || state === "dead") && spec.desired === "running");
const isUp = (observed: ObservedContainer) => observed.state === "running";
/** Its gateway answered, or Docker has no health check to ask it. */
const isWell = ({ health }: ObservedContainer) => health === "healthy" || health === "none";

/** Uptime of the container by the engine's clock. */
const runningFor = ({ now }: StatusInput, { startedAt }: ObservedContainer) =>
  startedAt === null ? 0 : Math.max(0, now - Date.parse(startedAt));

/** Docker restarted it recently, and it has not answered since. */
const crashed = (input: StatusInput, observed: ObservedContainer) =>
  observed.restartCount > 0 &&
  !observed.answered &&
  !isWell(observed) &&
  runningFor(input, observed) < RECENT_RESTART_MS;

/**
 * While its process lives, a gateway is starting or running; only its exit or the limit changes
 * that.
 */
function whileUp(
  input: StatusInput,
  observed: ObservedContainer,
  explain: Explain,
  because: string,
): DerivedStatus {
  if (isWell(observed)) return plain("running");
  if (observed.answered) return whileSilent(input, explain);
  const ms = runningFor(input, observed);
  if (ms < USUAL_START_MS) return plain("starting");
  const minutes = wholeMinutes(ms);
  if (ms < STARTING_LIMIT_MS) {
    const limit = inWords(wholeMinutes(STARTING_LIMIT_MS));
    const slow = `It has been starting for ${inWords(minutes)}; it may take ${limit}.`;
    return withMinutes(explain("starting", "SLOW_START", slow), minutes);
  }
  return explain(
    "error",
    "NOT_ANSWERING",
    `It runs, but has not answered since its start.${because}`,
  );
}

/** Docker's check fails although the gateway had answered before. */
function whileSilent(input: StatusInput, explain: Explain): DerivedStatus {
  const since = input.silentSince ?? input.now;
  const minutes = wholeMinutes(input.now - since);
  const silent = minutes === 0 ? "" : ` It has not answered for ${inWords(minutes)}.`;
  const derived = mayBeBusy(input.load, since)
    ? explain("running", "BUSY", `It is busy and answers late.${silent}`)
    : explain(
        "running",
        "SILENT",
        `It does not answer, although it was not busy before: it may hang.${silent} If it stays so, restart it.`,
      );
  return withMinutes(derived, minutes);
}

const wholeMinutes = (ms: number) => Math.max(0, Math.floor(ms / MINUTE_MS));
const inWords = (minutes: number) => `${minutes} minute${minutes === 1 ? "" : "s"}`;

function withMinutes(derived: DerivedStatus, minutes: number): DerivedStatus {
  const { statusDetail } = derived;
  return { ...derived, statusDetail: statusDetail && { ...statusDetail, minutes } };
}

/** Milliseconds until a container's status may change without news from the engine; null: never. */
export function nextChangeIn(input: StatusInput): number | null {
  const { observed } = input;
  if (observed === null || !isUp(observed) || isWell(observed)) return null;
  if (observed.answered)
    return MINUTE_MS - ((input.now - (input.silentSince ?? input.now)) % MINUTE_MS);
  if (observed.startedAt === null) return null;
  const ms = input.now - Date.parse(observed.startedAt);
  if (ms >= STARTING_LIMIT_MS) return null;
  return ms < 0 ? USUAL_START_MS - ms : MINUTE_MS - (ms % MINUTE_MS);
}
