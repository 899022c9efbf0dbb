import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { InstanceId } from "@claw/core/instance";
import { bracketed } from "@claw/core/naming";
import { STARTING_LIMIT_MS } from "@claw/core/status";
import type { ContainerInspectInfo } from "dockerode";
import { endpointOf } from "./endpoint.ts";
import { healthOf } from "./observe.ts";

const INTERVAL_MS = 200;
const ANSWER_WITHIN_MS = 1_000;
/** Interval for containers that take longer than usual. */
const SLOW_INTERVAL_MS = 1_000;
const USUAL_MS = 60_000;
/** A little longer than the panel reports a container as `starting`. */
const GIVE_UP_MS = STARTING_LIMIT_MS + 5_000;

export interface ProbeTarget {
  id: InstanceId;
  containerId: string;
  /** Docker's timestamp of this run's start. */
  startedAt: string;
  url: string;
}

/**
 * Detects an answering gateway within a fraction of a second; Docker's health check takes up to its
 * interval. Polls only while there are listeners. Where the published port is unreachable from here
 * it stays silent, and only Docker's verdict counts.
 */
export interface HealthProbe {
  /** Calls `onAnswer` when a container begins to answer. Returns the unsubscribe function. */
  listen(onAnswer: (id: InstanceId) => void): () => void;
  /** Polls until the container answers; no-op when this run is known to have answered. */
  begin(target: ProbeTarget): void;
  /** Stops polling a container and forgets its answer. */
  forget(containerId: string): void;
  /** Milliseconds since this run of the container first answered; null: never. */
  answeredAgo(containerId: string, startedAt: string): number | null;
}

interface Run {
  startedAt: string;
  /** By a monotonic clock. */
  answeredAt: number | null;
  stop: AbortController;
}

export function createHealthProbe(): HealthProbe {
  const listeners = new Set<(id: InstanceId) => void>();
  const runs = new Map<string, Run>();
  const forget = (containerId: string) => {
    runs.get(containerId)?.stop.abort();
    runs.delete(containerId);
  };
  const poll = async (target: ProbeTarget, run: Run) => {
    if (!(await answersInTime(target.url, run.stop.signal))) {
      if (runs.get(target.containerId) === run) runs.delete(target.containerId);
      return;
    }
    run.answeredAt = performance.now();
    for (const listener of listeners) listener(target.id);
  };
  return {
    listen(onAnswer) {
      listeners.add(onAnswer);
      return () => {
        listeners.delete(onAnswer);
        if (listeners.size > 0) return;
        for (const [containerId, run] of runs) if (run.answeredAt === null) forget(containerId);
      };
    },
    begin(target) {
      if (listeners.size === 0) return;
      if (runs.get(target.containerId)?.startedAt === target.startedAt) return;
      forget(target.containerId);
      const run = { startedAt: target.startedAt, answeredAt: null, stop: new AbortController() };
      runs.set(target.containerId, run);
      void poll(target, run);
    },
    forget,
    answeredAgo(containerId, startedAt) {
      const run = runs.get(containerId);
      if (!run || run.answeredAt === null || run.startedAt !== startedAt) return null;
      return performance.now() - run.answeredAt;
    },
  };
}

/**
 * The URL that tells whether a container's gateway answers, or null when there is none. `hostname`
 * is where Docker's published ports are reached.
 */
export function probeTarget(
  id: InstanceId,
  info: ContainerInspectInfo,
  hostname: string,
): ProbeTarget | null {
  const endpoint = healthOf(info) === "starting" ? endpointOf(info, hostname) : null;
  return (
    endpoint && {
      id,
      containerId: info.Id,
      startedAt: info.State.StartedAt,
      url: `http://${bracketed(endpoint.host)}:${endpoint.port}/healthz`,
    }
  );
}

async function answersInTime(url: string, stop: AbortSignal): Promise<boolean> {
  const begun = performance.now();
  while (!stop.aborted && performance.now() < begun + GIVE_UP_MS) {
    if (await answers(url, stop)) return !stop.aborted;
    const pause = performance.now() < begun + USUAL_MS ? INTERVAL_MS : SLOW_INTERVAL_MS;
    await sleep(pause, undefined, { signal: stop, ref: false }).catch(() => {});
  }
  return false;
}

function answers(url: string, stop: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const request = http.get(url, { agent: false, signal }, (response) => {
      resolve(response.statusCode === 200);
      response.destroy();
    });
    request.on("error", () => resolve(false));
  });
}
