import { z } from "zod";
import { Instance } from "./instance.ts";

/** A change of the instances that a viewer sees; the first one is a snapshot. */
export const WatchEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("snapshot"), instances: z.array(Instance) }),
  z.object({ type: z.literal("changed"), instance: Instance }),
  z.object({ type: z.literal("removed"), id: z.string() }),
  z.object({ type: z.literal("engine"), reachable: z.boolean() }),
]);
export type WatchEvent = z.output<typeof WatchEvent>;

/** Resource usage of one instance at a moment. */
export const InstanceStats = z.object({
  id: z.string(),
  /** 100 is one processor. */
  cpuPercent: z.number(),
  /** Without page cache that can be dropped. */
  memoryBytes: z.number(),
  memoryLimitBytes: z.number(),
  /** Since the container's start. */
  networkReceivedBytes: z.number(),
  networkSentBytes: z.number(),
});
export type InstanceStats = z.output<typeof InstanceStats>;

/** Limits of an instance's container. Null: unlimited. */
export const InstanceLimits = z.object({
  memoryBytes: z.number(),
  /** CPUs. The template cannot express this, so it is unlimited. */
  cpus: z.number().nullable(),
  /** Limit of processes and threads. */
  pids: z.number(),
  restart: z.enum(["no", "always", "unless-stopped"]),
  /** How long a stop waits for the gateway to end. */
  stopGraceSeconds: z.number(),
  /** Log retention in Docker: number and size of files. */
  log: z.object({ maxBytes: z.number().nullable(), maxFiles: z.number().nullable() }),
});
export type InstanceLimits = z.output<typeof InstanceLimits>;

/** Whether an instance has a model to answer with; null: the panel cannot tell. */
export const ModelState = z.object({ isSetUp: z.boolean().nullable() });
export type ModelState = z.output<typeof ModelState>;

export const InstanceRef = z.object({ id: z.string() });

/** A link that opens the Control UI connected. */
export const OpenLink = z.object({
  url: z.string(),
  /** ISO-8601 UTC; null: valid as long as its reader's session or the instance's token. */
  expiresAt: z.string().nullable(),
});
export type OpenLink = z.output<typeof OpenLink>;

/** A ticket for one sign-on at an instance's own origin, and where a page submits it as a form. */
export const OpenEntry = z.object({
  action: z.string(),
  ticket: z.string(),
  /** ISO-8601 UTC. */
  expiresAt: z.iso.datetime(),
});
export type OpenEntry = z.output<typeof OpenEntry>;

/** The port that a new instance would get. */
export const ProposedPort = z.object({ port: z.number() });
export type ProposedPort = z.output<typeof ProposedPort>;
