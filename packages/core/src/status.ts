import type { InstanceSpec, InstanceStatus, StatusDetail } from "./instance.ts";

/** What the engine says about an instance's container. */
export interface ObservedContainer {
  containerId: string;
  specHash: string;
  image: string;
  state: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  /** `none`: the container has no health check. */
  health: "none" | "starting" | "healthy" | "unhealthy";
  /** Automatic restarts since the container was made. */
  restartCount: number;
  exitCode: number;
  outOfMemory: boolean;
  /** ISO-8601 UTC; null when it never started or does not run. */
  startedAt: string | null;
}

/** What the panel itself is doing with an instance at this moment. */
export type Activity =
  | "creating"
  | "starting"
  | "queued"
  | "restarting"
  | "stopping"
  | "removing"
  /** Down for a backup, and coming up again after it. */
  | "backing-up"
  | "resuming"
  /** Down for a restore. */
  | "restoring";

export interface StatusInput {
  spec: Pick<InstanceSpec, "desired">;
  /** Null when there is no container. */
  observed: ObservedContainer | null;
  reachable: boolean;
  activity: Activity | null;
  /** Exit code of the last run that ended by itself, which a crash loop hides between two runs. */
  lastExitCode: number | null;
  /** Sentence of the last attempt of the panel to start it, when that failed. */
  startError: string | null;
  lines: readonly string[];
  now: number;
}

export interface DerivedStatus {
  status: InstanceStatus;
  statusReason: string | null;
  statusDetail: StatusDetail | null;
}

/** A gateway that has not answered for this long after its start is in error (facts, 8). */
export const STARTING_LIMIT_MS = 120_000;

const DETAIL_LINES = 20;

const BACKING_UP = "It is being backed up, and starts again by itself.";

/** Exit codes of a container that was asked to stop: done, or ended by SIGTERM. */
const CLEAN_EXITS: ReadonlySet<number> = new Set([0, 143]);

const plain = (status: InstanceStatus): DerivedStatus => ({
  status,
  statusReason: null,
  statusDetail: null,
});

/**
 * The one rule for what an instance's status is. `State.Running` alone lies during a crash loop,
 * so health, restart count and exit code decide (measured on OpenClaw 2026.9.6).
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

function fromContainer(
  input: StatusInput,
  observed: ObservedContainer,
  explain: (
    status: InstanceStatus,
    code: StatusDetail["code"],
    reason: string,
    exitCode?: number | null,
  ) => DerivedStatus,
): DerivedStatus {
  const exitCode = input.lastExitCode ?? (observed.exitCode === 0 ? null : observed.exitCode);
  const lastLine = input.lines.at(-1);
  const because = lastLine ? ` Last log line: ${lastLine}` : "";
  if (observed.state === "removing") return { ...plain("stopping") };
  if (observed.outOfMemory && hasEnded(input, observed))
    return explain(
      "error",
      "OUT_OF_MEMORY",
      "It was ended because it needed more memory than its limit.",
      exitCode,
    );
  if (observed.state === "restarting" || (isUp(observed) && crashed(observed)))
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

/** It ended, and nobody had asked for it; one that was asked keeps the mark of an earlier time. */
const hasEnded = ({ spec }: StatusInput, { state }: ObservedContainer) =>
  state === "restarting" ||
  ((state === "exited" || state === "dead") && spec.desired === "running");
const isUp = (observed: ObservedContainer) => observed.state === "running";
const crashed = (observed: ObservedContainer) =>
  observed.restartCount > 0 && observed.health !== "healthy" && observed.health !== "none";

function whileUp(
  input: StatusInput,
  observed: ObservedContainer,
  explain: (status: InstanceStatus, code: StatusDetail["code"], reason: string) => DerivedStatus,
  because: string,
): DerivedStatus {
  if (observed.health === "healthy" || observed.health === "none") return plain("running");
  if (observed.health === "unhealthy")
    return explain("error", "UNHEALTHY", `It runs, but its health check fails.${because}`);
  const since = observed.startedAt === null ? input.now : Date.parse(observed.startedAt);
  return input.now - since < STARTING_LIMIT_MS
    ? plain("starting")
    : explain("error", "NOT_ANSWERING", `It runs, but has not answered since its start.${because}`);
}
