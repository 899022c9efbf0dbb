import type { ComposeProject } from "@claw/core/compose/project";
import { DomainError, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { containerName, LABEL } from "@claw/core/naming";
import type { ContainerInspectInfo, NetworkInspectInfo } from "dockerode";
import type { DeployResult } from "../engine.ts";
import { WORK_SECONDS } from "./connection.ts";
import { inspectContainer } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { containerCreateOptions, type DeployUnit, networkCreateOptions } from "./create-options.ts";
import { clash } from "./errors.ts";
import { findImage } from "./images.ts";
import { removeContainer } from "./lifecycle.ts";
import {
  createNetwork,
  findNetworks,
  isOurNetwork,
  networkFits,
  removeNetwork,
} from "./networks.ts";

/** Makes an instance's network and container match the compose project. */
export async function deployInstance(
  context: DockerContext,
  project: ComposeProject,
  id: InstanceId,
): Promise<DeployResult> {
  const unit = unitOf(project, id, context.home);
  const name = unit.service.container_name;
  const [image, container, networks] = await Promise.all([
    findImage(context, unit.service.image),
    inspectContainer(context.connection, name),
    findNetworks(context, name),
  ]);
  refuseForeign(context, container, networks);
  const { network } = unit;
  const fits = network
    ? networks.length === 1 && networks.every((net) => networkFits(net, network))
    : networks.length === 0;
  if (container && (isUp(container) || (fits && isUpToDate(container, unit))))
    return { changed: false };
  if (!image)
    throw new DomainError(
      "IMAGE_MISSING",
      `The image ${unit.service.image} is not on this host. Get it on the system page, then try again.`,
    );

  if (container) await removeContainer(context, container);
  if (!fits) {
    for (const obsolete of networks) await removeNetwork(context, obsolete);
    if (network) await createNetwork(context, networkCreateOptions(unit, network));
  }
  try {
    const options = containerCreateOptions(unit, image.id);
    await context.connection.ask(
      (docker, abortSignal) => docker.createContainer({ ...options, abortSignal }),
      { seconds: WORK_SECONDS },
    );
  } catch (error) {
    if (!fits) await undoNetwork(context, name);
    throw error;
  }
  return { changed: true };
}

/** The service of `id` and its network, if any; names and labels must let us find them again. */
function unitOf(project: ComposeProject, id: InstanceId, home: string): DeployUnit {
  const service = project.services[id];
  const networkKey = service?.networks[0] ?? null;
  const network = (networkKey !== null && project.networks[networkKey]) || null;
  if (!service || (networkKey !== null && !network))
    throw templateError(`has no service ${id} with a network of its own`);
  const name = containerName(id);
  const parts = [service, ...(network ? [network] : [])];
  if (service.container_name !== name || (network && network.name !== name))
    throw templateError(`must name the container and the network of ${id} ${name}`);
  for (const { labels } of parts)
    if (labels[LABEL.home] !== home || labels[LABEL.instance] !== id)
      throw templateError(`must label the container and the network of ${id} with id and home`);
  return { project, serviceKey: id, networkKey, service, network };
}

function templateError(what: string): DomainError {
  return new DomainError(
    "TEMPLATE_INVALID",
    `The compose file ${what}. Correct templates/docker-compose.template.yml, or restore the one that the panel ships.`,
  );
}

function refuseForeign(
  context: DockerContext,
  container: ContainerInspectInfo | null,
  networks: readonly NetworkInspectInfo[],
): void {
  const labels = container?.Config.Labels;
  if (container && labels?.[LABEL.home] !== context.home)
    throw clash("container", container.Name.slice(1), labels?.[LABEL.home]);
  for (const network of networks)
    if (!isOurNetwork(context, network))
      throw clash("network", network.Name, network.Labels?.[LABEL.home]);
}

/** Has a process, or Docker will restart it. */
function isUp({ State: state }: ContainerInspectInfo): boolean {
  return state.Running || state.Restarting || state.Paused;
}

/** A tag that now names another image is no reason to replace a container and lose its log. */
function isUpToDate(container: ContainerInspectInfo, { service }: DeployUnit): boolean {
  return container.Config.Labels[LABEL.specHash] === service.labels[LABEL.specHash];
}

async function undoNetwork(context: DockerContext, name: string): Promise<void> {
  try {
    for (const network of await findNetworks(context, name))
      if (isOurNetwork(context, network)) await removeNetwork(context, network);
  } catch (error) {
    context.onWarning(`The network ${name} was left behind: ${messageOf(error)}`);
  }
}
