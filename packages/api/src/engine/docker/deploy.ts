import { DomainError, messageOf } from "@claw/core/errors";
import { containerName, LABEL } from "@claw/core/naming";
import type { Workload } from "@claw/core/workload";
import type { ContainerInspectInfo, NetworkInspectInfo } from "dockerode";
import type { DeployResult } from "../engine.ts";
import { WORK_SECONDS } from "./connection.ts";
import { inspectContainer } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { containerCreateOptions, networkCreateOptions } from "./create-options.ts";
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

/** Makes the network and the container of a workload match it. */
export async function deployWorkload(
  context: DockerContext,
  workload: Workload,
): Promise<DeployResult> {
  const { home } = context;
  if (workload.labels[LABEL.home] !== home)
    throw new DomainError(
      "TEMPLATE_INVALID",
      `The compose file is labelled for another home than ${home}.`,
    );
  const { network } = workload;
  const name = containerName(workload.id);
  const [image, container, networks] = await Promise.all([
    findImage(context, workload.image),
    inspectContainer(context.connection, name),
    findNetworks(context, name),
  ]);
  refuseForeign(context, container, networks);
  const fits = network
    ? networks.length === 1 && networks.every((net) => networkFits(net, network))
    : networks.length === 0;
  if (container && (isUp(container) || (fits && isUpToDate(container, workload))))
    return { changed: false };
  if (!image)
    throw new DomainError(
      "IMAGE_MISSING",
      `The image ${workload.image} is not on this host. Get it on the system page, then try again.`,
    );

  if (container) await removeContainer(context, container);
  if (!fits) {
    for (const obsolete of networks) await removeNetwork(context, obsolete);
    if (network) await createNetwork(context, networkCreateOptions(workload, network));
  }
  try {
    const options = containerCreateOptions(workload, { home, imageId: image.id });
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
function isUpToDate(container: ContainerInspectInfo, workload: Workload): boolean {
  return container.Config.Labels[LABEL.specHash] === workload.labels[LABEL.specHash];
}

async function undoNetwork(context: DockerContext, name: string): Promise<void> {
  try {
    for (const network of await findNetworks(context, name))
      if (isOurNetwork(context, network)) await removeNetwork(context, network);
  } catch (error) {
    context.onWarning(`The network ${name} was left behind: ${messageOf(error)}`);
  }
}
