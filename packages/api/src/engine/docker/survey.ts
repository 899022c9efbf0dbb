import { hasReason } from "@claw/core/errors";
import type { ContainerInfo } from "dockerode";
import { boundedMap } from "./bounded-map.ts";
import { INSPECT_SECONDS, inspectContainer } from "./containers.ts";
import type { DockerContext } from "./context.ts";

/** Published host TCP port → name of its container, running or not, ours or not. */
export async function surveyPorts(context: DockerContext): Promise<Map<number, string>> {
  const containers = await context.connection.ask((docker, abortSignal) =>
    docker.listContainers({ all: true, abortSignal }),
  );
  const ports = new Map<number, string>();
  await boundedMap(containers, 8, async (container) => {
    const name = container.Names[0]?.replace(/^\//, "") ?? container.Id.slice(0, 12);
    for (const port of await publishedPorts(context, container)) ports.set(port, name);
  });
  return ports;
}

/** CIDRs of all networks. */
export async function surveySubnets(context: DockerContext): Promise<string[]> {
  const networks = await context.connection.ask((docker, abortSignal) =>
    docker.listNetworks({ abortSignal }),
  );
  return networks.flatMap((network) =>
    (network.IPAM?.Config ?? []).flatMap((pool) => (pool.Subnet ? [pool.Subnet] : [])),
  );
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
