import { LABEL } from "@claw/core/naming";
import type { ObservedContainer } from "@claw/core/status";
import type { ContainerInfo, ContainerInspectInfo } from "dockerode";

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

/** Facts about a container that an inspection lacks. */
export interface ObserveOptions {
  /**
   * When its gateway first answered in this run, by Docker's clock, which Docker's check notices
   * only later; null: not yet.
   */
  answeredAt: number | null;
  /** Docker's clock. */
  now: number;
}

/** A container's state from its inspection. */
export function observe(info: ContainerInspectInfo, options: ObserveOptions): ObservedContainer {
  const { State: state } = info;
  const verdict = healthOf(info);
  const isNews = state.Running && options.answeredAt !== null && isNewer(info, options.answeredAt);
  const health = isNews ? "healthy" : verdict;
  const isUp = state.Running && !state.Restarting;
  return {
    containerId: info.Id,
    specHash: info.Config.Labels[LABEL.specHash] ?? "",
    image: info.Config.Image,
    imageId: info.Image,
    state: isState(state.Status) ? state.Status : state.Running ? "running" : "exited",
    health,
    answered:
      isUp &&
      (health === "healthy" || options.answeredAt !== null || hasOnceAnswered(info, options)),
    restartCount: info.RestartCount,
    exitCode: state.ExitCode,
    outOfMemory: state.OOMKilled,
    startedAt: isUp ? iso(state.StartedAt) : null,
  };
}

/**
 * The answer is newer than Docker's verdict, which is still `starting` or from an earlier check.
 */
function isNewer(info: ContainerInspectInfo, answeredAt: number): boolean {
  const verdict = healthOf(info);
  if (verdict !== "unhealthy") return verdict === "starting";
  const last = info.State.Health?.Log.at(-1);
  return last !== undefined && Date.parse(last.End) < answeredAt;
}

/** A container that Docker lists but cannot inspect. */
export function silent(container: ContainerInfo): ObservedContainer {
  return {
    containerId: container.Id,
    specHash: container.Labels[LABEL.specHash] ?? "",
    image: container.Image,
    state: "unknown",
    health: "none",
    answered: false,
    restartCount: 0,
    exitCode: 0,
    outOfMemory: false,
    startedAt: null,
  };
}

const NANOSECONDS_PER_MS = 1e6;
/** Docker's own defaults. */
const INTERVAL_MS = 30_000;
const TIMEOUT_MS = 30_000;

/**
 * True when Docker's check must have succeeded in this run: its failing streak is shorter than the
 * container's uptime. Docker does not count failures of the start period.
 */
function hasOnceAnswered(info: ContainerInspectInfo, { now }: ObserveOptions): boolean {
  const streak = info.State.Health?.FailingStreak;
  const { Healthcheck: check } = info.Config;
  if (streak === undefined || !check) return false;
  const ms = (nanoseconds: number | undefined, usual: number) =>
    nanoseconds ? nanoseconds / NANOSECONDS_PER_MS : usual;
  const round = ms(check.Interval, INTERVAL_MS) + ms(check.Timeout, TIMEOUT_MS);
  const counted = now - Date.parse(info.State.StartedAt) - ms(check.StartPeriod, 0);
  return counted > (streak + 2) * round;
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
