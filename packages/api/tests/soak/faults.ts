import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { TRPCClientError } from "@trpc/client";
import { expect } from "vitest";
import type { ClawClient } from "../../src/client.ts";
import { type Chance, chanceOf } from "../support/chance.ts";
import { docker } from "../support/docker.ts";
import type { FaultyDocker } from "./faulty-docker.ts";

/** Tools that inject a fault. */
export interface Scene {
  /** Of the panel that runs now. */
  client: () => ClawClient;
  docker: FaultyDocker;
  /** Instances of this round: what is done beside the fault is about them, too. */
  ids: readonly string[];
  home: string;
  chance: Chance;
}

/** Begins; the answer ends it. */
export type Fault = (scene: Scene) => Promise<() => Promise<void> | void>;

const FREE_MS = 5 * 60_000;
const RESTARTS = { timeout: 30_000, interval: 200, message: "the end of what was killed" };

const container = (id: string) => `openclaw-${id}`;
const NO_CHAIN = "driver failed programming external connectivity: no chain by that name";
const NO_SPACE = "mkdir /var/lib/docker/tmp: no space left on device";
/** More than a backup goes down. */
const TOO_DEEP = Array.from({ length: 220 }, (_, depth) => `d${depth}`);

const START = /\/containers\/[^/]+\/start/;
const STOP = /\/containers\/[^/]+\/stop/;
const CREATE = /\/(containers|networks|exec)(\/[^/]+)?\/(create|exec)\b/;
const EXEC = /\/exec\/[^/]+\/start/;

const isRequest = (method: string, url: string, wanted: string, pattern: RegExp) =>
  method === wanted && pattern.test(url);

/** Faults that the panel meets between itself and Docker, or in Docker, and that pass. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  "Docker is away": async (scene) => {
    scene.docker.goAway();
    return () => scene.docker.comeBack();
  },

  "the stream of events is cut again and again": async ({ docker: proxy }) => {
    const timer = setInterval(() => proxy.cutEvents(), 1_500);
    return () => clearInterval(timer);
  },

  "one container cannot be inspected": async ({ docker: proxy, ids, chance }) => {
    const { Id } = JSON.parse(await docker("inspect", container(chance.one(ids))))[0];
    return proxy.rule((method, url) =>
      method === "GET" && url.includes(`/containers/${Id}/json`) ? "hang" : "pass",
    );
  },

  "starts are refused": async ({ docker: proxy }) =>
    proxy.rule((method, url) =>
      isRequest(method, url, "POST", START) ? { refuse: NO_CHAIN } : "pass",
    ),

  "stops are refused": async ({ docker: proxy }) =>
    proxy.rule((method, url) =>
      isRequest(method, url, "POST", STOP) ? { refuse: NO_CHAIN } : "pass",
    ),

  "an exec never ends": async ({ docker: proxy }) =>
    proxy.rule((method, url) => (isRequest(method, url, "POST", EXEC) ? "hang" : "pass")),

  "Docker's disk is full": async ({ docker: proxy }) =>
    proxy.rule((method, url) =>
      [START, CREATE, EXEC].some((each) => isRequest(method, url, "POST", each))
        ? { refuse: NO_SPACE }
        : "pass",
    ),

  "Docker answers late": async ({ docker: proxy, chance }) => {
    const late = chanceOf(chance.whole(1, 1_000_000)); // how many requests come is no matter of the seed
    return proxy.rule(() => ({ lateMs: late.whole(200, 3_000) }));
  },

  "one instance holds what no backup takes": async ({ home, ids, chance }) => {
    const folder = path.join(home, "instances", chance.one(ids), "data", "deep");
    await mkdir(path.join(folder, ...TOO_DEEP), { recursive: true });
    return () => rm(folder, { recursive: true });
  },

  "a process ends and Docker starts it again": async ({ ids, chance }) => {
    const name = container(chance.one(ids));
    const life = await runningSince(name);
    // The command ends with the container, and says so in many ways: what counts is that this life is over.
    await docker("exec", name, "sh", "-c", "kill -9 -1").catch(() => undefined);
    await expect.poll(() => runningSince(name), RESTARTS).not.toBe(life ?? "");
    return () => {};
  },

  "networks are pruned while an instance is stopped": async ({ client, ids, chance }) => {
    const id = chance.one(ids);
    try {
      await client().instances.stop.mutate({ id });
    } catch (error) {
      // Somebody else is at work on it.
      refusal(error);
      return () => {};
    }
    await docker("network", "rm", container(id));
    return () => startWhenFree(client, id);
  },
};

/** Starts the instance once no operation, such as a backup, holds it. */
async function startWhenFree(client: Scene["client"], id: string): Promise<void> {
  const end = performance.now() + FREE_MS;
  for (;;) {
    try {
      return void (await client().instances.start.mutate({ id }));
    } catch (error) {
      if (refusal(error) !== "BUSY" || performance.now() > end) throw error;
    }
    await delay(500);
  }
}

/** The reason for which the panel refused; throws what is no refusal, as an internal error is none. */
export function refusal(error: unknown): string {
  const reason = error instanceof TRPCClientError ? error.data?.reason : undefined;
  if (typeof reason !== "string" || reason === "INTERNAL") throw error;
  return reason;
}

/** Undefined where it does not run, as a backup stops it. */
async function runningSince(name: string): Promise<string | undefined> {
  const state = await docker("inspect", "--format", "{{.State.Status}} {{.State.StartedAt}}", name);
  return state.startsWith("running ") ? state : undefined;
}
