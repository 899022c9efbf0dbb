import { allocateSubnet, type HostRoute } from "@claw/core/subnet-allocation";
import { lowestFreePort, usersOf } from "../allocation.ts";
import { isPortFree } from "../host-ports.ts";
import type { DockerContext } from "./context.ts";
import { readRoutes } from "./host-routes.ts";
import { surveyPorts, surveySubnets } from "./survey.ts";

/** The lowest port that neither `taken` nor any container or listener uses. */
export async function findFreePort(
  context: DockerContext,
  taken: Iterable<number>,
): Promise<number> {
  const { basePort, publishHost } = context.ranges;
  const used = (await surveyPorts(context)).keys();
  return lowestFreePort(basePort, [...taken, ...used], (port) => isPortFree(publishHost, port));
}

/** Those of `ports` that containers or listeners use. */
export async function findPortsInUse(
  context: DockerContext,
  ports: Iterable<number>,
): Promise<ReadonlyMap<number, string>> {
  const { publishHost } = context.ranges;
  return usersOf(ports, await surveyPorts(context), (port) => isPortFree(publishHost, port));
}

/** A network apart from `taken`, from Docker's others and from the routes of this machine. */
export async function findFreeSubnet(
  context: DockerContext,
  taken: Iterable<string>,
  routesHere: () => Promise<HostRoute[]> = readRoutes,
): Promise<string> {
  const [used, routes] = await Promise.all([surveySubnets(context), routesHere()]);
  return allocateSubnet(context.ranges.subnetPool, [...taken, ...used], routes);
}
