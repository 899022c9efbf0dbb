import { hasReason } from "@claw/core/errors";
import { LABEL } from "@claw/core/naming";
import type { ContainerInfo } from "dockerode";
import type { EngineSurvey } from "../engine.ts";
import { boundedMap } from "./bounded-map.ts";
import { INSPECT_SECONDS, inspectContainer } from "./containers.ts";
import type { DockerContext } from "./context.ts";

/** Ports and subnets in use by any container or network of this Docker. */
export async function survey(context: DockerContext): Promise<EngineSurvey> {
  const [containers, networks] = await Promise.all([
    context.connection.ask((docker, abortSignal) =>
      docker.listContainers({ all: true, abortSignal }),
    ),
    context.connection.ask((docker, abortSignal) => docker.listNetworks({ abortSignal })),
  ]);
  const ports = new Map<number, string>();
  const foreign = new Set<string>();
  await boundedMap(containers, 8, async (container) => {
    const names = container.Names.map((name) => name.replace(/^\//, ""));
    const name = names[0] ?? container.Id.slice(0, 12);
    if (container.Labels[LABEL.home] !== context.home) for (const each of names) foreign.add(each);
    for (const port of await publishedPorts(context, container)) ports.set(port, name);
  });
  const subnets = networks.flatMap((network) =>
    (network.IPAM?.Config ?? []).flatMap((pool) => (pool.Subnet ? [pool.Subnet] : [])),
  );
  return { ports, foreign, subnets };
}

/** Docker's list names the ports of running containers only; stopped ones would reclaim theirs. */
async function publishedPorts(context: DockerContext, container: ContainerInfo): Promise<number[]> {
  if (container.State === "running" || container.State === "paused")
    return container.Ports.flatMap((port) =>
      port.Type === "tcp" && port.PublicPort ? [port.PublicPort] : [],
    );
  const info = await inspectStopped(context, container.Id);
  const bindings: Record<string, unknown> = info?.HostConfig.PortBindings ?? {};
  return Object.entries(bindings).flatMap(([key, list]) =>
    key.endsWith("/tcp") && Array.isArray(list) ? list.flatMap(portOf) : [],
  );
}

/** A hung container cannot start either, and take its ports. */
async function inspectStopped(context: DockerContext, containerId: string) {
  try {
    return await inspectContainer(context.connection, containerId, { seconds: INSPECT_SECONDS });
  } catch (error) {
    if (!hasReason(error, "ENGINE_SLOW")) throw error;
    context.onWarning(`Docker does not describe the container ${containerId.slice(0, 12)}.`);
    return null;
  }
}

function portOf(binding: { HostPort?: string }): number[] {
  const port = Number(binding.HostPort);
  return Number.isInteger(port) && port > 0 ? [port] : [];
}
