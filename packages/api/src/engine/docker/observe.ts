import { LABEL } from "@claw/core/naming";
import type { ObservedContainer } from "@claw/core/status";
import type { ContainerInspectInfo } from "dockerode";

const STATES: ReadonlySet<string> = new Set<ObservedContainer["state"]>([
  "created",
  "running",
  "paused",
  "restarting",
  "removing",
  "exited",
  "dead",
]);
const HEALTHS: ReadonlySet<string> = new Set<ObservedContainer["health"]>([
  "none",
  "starting",
  "healthy",
  "unhealthy",
]);

/**
 * What Docker's inspection says about a container. `answered`: its gateway was seen to answer in
 * this run, which Docker's own health check finds out only after its interval.
 */
export function observe(info: ContainerInspectInfo, answered: boolean): ObservedContainer {
  const { State: state } = info;
  const health = healthOf(info);
  return {
    containerId: info.Id,
    specHash: info.Config.Labels[LABEL.specHash] ?? "",
    image: info.Config.Image,
    state: isState(state.Status) ? state.Status : state.Running ? "running" : "exited",
    health: health === "starting" && answered && state.Running ? "healthy" : health,
    restartCount: info.RestartCount,
    exitCode: state.ExitCode,
    outOfMemory: state.OOMKilled,
    startedAt: state.Running && !state.Restarting ? iso(state.StartedAt) : null,
  };
}

/** Docker's own verdict. */
export function healthOf(info: ContainerInspectInfo): ObservedContainer["health"] {
  const status = info.State.Health?.Status ?? "none";
  return isHealth(status) ? status : "none";
}

function isState(status: string): status is ObservedContainer["state"] {
  return STATES.has(status);
}

function isHealth(status: string): status is ObservedContainer["health"] {
  return HEALTHS.has(status);
}

/** Docker writes nine decimals, and the year 1 for never. */
function iso(stamp: string): string | null {
  const time = Date.parse(stamp);
  return Number.isNaN(time) || time <= 0 ? null : new Date(time).toISOString();
}
