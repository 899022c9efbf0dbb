import { TRPCClientError } from "@trpc/client";
import type { ClawClient } from "../../src/client.ts";
import { docker } from "../support/docker.ts";
import type { Chance } from "./chance.ts";
import type { FaultyDocker } from "./faulty-docker.ts";

/** What a fault is brought about with. */
export interface Scene {
  /** Of the panel that runs now. */
  client: () => ClawClient;
  docker: FaultyDocker;
  ids: readonly string[];
  chance: Chance;
}

/** Begins; the answer ends it. */
export type Fault = (scene: Scene) => Promise<() => Promise<void> | void>;

const container = (id: string) => `openclaw-${id}`;

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
      method === "POST" && /\/containers\/[^/]+\/start/.test(url) ? "refuse" : "pass",
    ),

  "stops are refused": async ({ docker: proxy }) =>
    proxy.rule((method, url) =>
      method === "POST" && /\/containers\/[^/]+\/stop/.test(url) ? "refuse" : "pass",
    ),

  "an exec never ends": async ({ docker: proxy }) =>
    proxy.rule((method, url) =>
      method === "POST" && /\/exec\/[^/]+\/start/.test(url) ? "hang" : "pass",
    ),

  "a process ends and Docker starts it again": async ({ ids, chance }) => {
    await docker("exec", container(chance.one(ids)), "sh", "-c", "kill -9 -1").catch(ended);
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
    return async () => void (await client().instances.start.mutate({ id }));
  },
};

/** The reason for which the panel refused; throws what is no refusal, as an internal error is none. */
export function refusal(error: unknown): string {
  const reason = error instanceof TRPCClientError ? error.data?.reason : undefined;
  if (typeof reason !== "string" || reason === "INTERNAL") throw error;
  return reason;
}

/** The command ends with the container that it was to end. */
function ended(error: unknown): void {
  if (!/13[0-9]|not running|exit/i.test(String(error))) throw error;
}
