import { type AddressRanges, DEFAULT_RANGES } from "@claw/core/subnet-allocation";
import type { ContainerEngine, EngineEvent } from "../engine.ts";
import { findFreePort, findFreeSubnet, findPortsInUse } from "./allocate.ts";
import { type Connection, createConnection } from "./connection.ts";
import { findOwn, listOwn } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { deployWorkload } from "./deploy.ts";
import { endpointOf } from "./endpoint.ts";
import { watchEvents } from "./events.ts";
import { execInInstance } from "./exec.ts";
import { createHealthProbe } from "./health-probe.ts";
import { findImage, pullImage } from "./images.ts";
import { removeInstance, startInstance, stopInstance } from "./lifecycle.ts";
import { readLogs } from "./logs.ts";
import { createOneOffs } from "./run-once.ts";
import { readStats } from "./stats.ts";

export interface DockerEngineOptions {
  /** The home folder as the Docker host sees it: the label on everything of ours. */
  home: string;
  ranges?: AddressRanges;
  /** As DOCKER_HOST; omitted: the system's default. */
  dockerHost?: string | undefined;
  /** Receives errors that did not fail an operation. */
  onWarning?: (message: string) => void;
  /** Interval of the pings to Docker while events are read. */
  pingEveryMs?: number;
  /** Multiplies every time limit of Docker's answers. */
  patience?: number;
}

const VERSION_SECONDS = 5;
const PING_EVERY_MS = 10_000;

/**
 * The driver for a Docker Engine. Constructing it needs no Docker: each call reports when it is
 * away.
 */
export function createDockerEngine(options: DockerEngineOptions): ContainerEngine {
  const disposed = new AbortController();
  const context: DockerContext = {
    connection: createConnection(options.dockerHost, options.patience),
    home: options.home,
    ranges: options.ranges ?? DEFAULT_RANGES,
    probe: createHealthProbe(),
    onWarning: options.onWarning ?? (() => {}),
    pingEveryMs: options.pingEveryMs ?? PING_EVERY_MS,
  };
  const oneOffs = createOneOffs(context);
  let sweeping = Promise.resolve();
  /** A panel that was killed may have left whole configurations in containers. */
  async function* sweepingWhenConnected(events: AsyncIterable<EngineEvent>) {
    for await (const event of events) {
      if (event.type === "connected")
        sweeping = sweeping.then(() => oneOffs.sweep(disposed.signal));
      yield event;
    }
  }
  return {
    kind: "docker",
    capabilities: {
      exec: true,
      oneOff: true,
      stats: true,
      nodes: false,
      volumes: false,
      bridgePeer: isNative(context.connection),
    },
    clock: context.connection.clock,
    async version() {
      const info = await context.connection.ask((docker) => docker.version(), {
        seconds: VERSION_SECONDS,
        isProof: true,
      });
      return info.Version;
    },
    images: {
      find: (ref) => findImage(context, ref),
      pull: (ref, pullOptions) => pullImage(context, ref, pullOptions),
    },
    addresses: {
      allocatePort: (taken) => findFreePort(context, taken),
      allocateSubnet: (taken) => findFreeSubnet(context, taken),
      portsInUse: (ports) => findPortsInUse(context, ports),
    },
    deploy: (workload) => deployWorkload(context, workload),
    async endpoint(id) {
      const info = await findOwn(context, id);
      return info && endpointOf(info, context.connection.hostname);
    },
    start: (id) => startInstance(context, id),
    stop: (id) => stopInstance(context, id),
    remove: (id) => removeInstance(context, id),
    list: (id) => listOwn(context, id),
    events: (signal) =>
      sweepingWhenConnected(watchEvents(context, AbortSignal.any([signal, disposed.signal]))),
    logs: (id, query) => {
      const signal = AbortSignal.any([query.signal, disposed.signal]);
      return readLogs(context, id, { ...query, signal });
    },
    stats: (id, signal) => readStats(context, id, AbortSignal.any([signal, disposed.signal])),
    exec: (id, argv, execOptions) => execInInstance(context, id, argv, execOptions),
    runOnce: (image, argv, { signal, ...limits }) =>
      oneOffs.run(image, argv, { ...limits, signal: AbortSignal.any([signal, disposed.signal]) }),
    async [Symbol.asyncDispose]() {
      disposed.abort();
      await sweeping;
    },
  };
}

/**
 * Docker Desktop forwards ports through a virtual machine, and its containers see an address that
 * differs by version.
 */
function isNative({ hostname }: Connection): boolean {
  return process.platform === "linux" && hostname === "127.0.0.1";
}
