import type { InstanceId } from "@claw/core/instance";
import { containerName } from "@claw/core/naming";
import type { ContainerInspectInfo } from "dockerode";
import { WORK_SECONDS } from "./connection.ts";
import { findOwn, getOwn, inspectContainer, orNull } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { failed, statusOf } from "./errors.ts";
import { findNetworks, isOurNetwork, removeNetwork } from "./networks.ts";

/** Docker's grace time for a container that sets none. */
const DEFAULT_GRACE_SECONDS = 10;
/** Docker's time beyond the grace time, to kill the process and clean up. */
const CLEAN_UP_SECONDS = 30;

/** Starts an instance's container, or unpauses it. */
export async function startInstance(context: DockerContext, id: InstanceId): Promise<void> {
  const info = await getOwn(context, id);
  if (info.State.Paused) return unpause(context, info);
  if (info.State.Running) return;
  await context.connection.ask(
    (docker, abortSignal) => unlessDone(docker.getContainer(info.Id).start({ abortSignal })),
    { seconds: WORK_SECONDS },
  );
}

/** Stops an instance's container within its grace time. */
export async function stopInstance(context: DockerContext, id: InstanceId): Promise<void> {
  const info = await findOwn(context, id);
  if (info) await stopContainer(context, info);
}

/** Removes an instance's container and network. */
export async function removeInstance(context: DockerContext, id: InstanceId): Promise<void> {
  const name = containerName(id);
  const [info, networks] = await Promise.all([findOwn(context, id), findNetworks(context, name)]);
  if (info?.State.Running)
    throw failed(`The container ${name} runs. Stop it before it is removed.`);
  if (info) await removeContainer(context, info);
  for (const network of networks)
    if (isOurNetwork(context, network)) await removeNetwork(context, network);
}

async function stopContainer(context: DockerContext, info: ContainerInspectInfo): Promise<void> {
  if (!info.State.Running && !info.State.Restarting) return;
  // Docker does not stop a paused container.
  if (info.State.Paused) await unpause(context, info);
  const grace = graceSeconds(info);
  try {
    await context.connection.ask(
      (docker, abortSignal) =>
        orNull(unlessDone(docker.getContainer(info.Id).stop({ t: grace, abortSignal }))),
      { seconds: grace + CLEAN_UP_SECONDS },
    );
  } catch (error) {
    // In a crash loop the process can end on its own while Docker tries to stop it.
    const now = await inspectContainer(context.connection, info.Id);
    if (now?.State.Running) throw error;
  }
}

/** Removes a stopped container; waits for a removal already under way. */
export async function removeContainer(
  context: DockerContext,
  info: ContainerInspectInfo,
): Promise<void> {
  await context.connection.ask(
    async (docker, abortSignal) => {
      const container = docker.getContainer(info.Id);
      try {
        await orNull(container.remove({ v: true }));
      } catch (error) {
        if (statusOf(error) !== 409 || !String(error).includes("already in progress")) throw error;
        await orNull(container.wait({ condition: "removed", abortSignal }));
      }
    },
    { seconds: WORK_SECONDS },
  );
}

async function unpause(context: DockerContext, info: ContainerInspectInfo): Promise<void> {
  await context.connection.ask((docker, abortSignal) =>
    docker.getContainer(info.Id).unpause({ abortSignal }),
  );
}

function graceSeconds(info: ContainerInspectInfo): number {
  // Docker sends it; dockerode's types lack it.
  const { StopTimeout } = info.Config as { StopTimeout?: number | null };
  return StopTimeout ?? DEFAULT_GRACE_SECONDS;
}

/** Docker answers 304 when the container is already started or stopped. */
async function unlessDone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (statusOf(error) === 304) return null;
    throw error;
  }
}
