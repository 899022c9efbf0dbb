import { DomainError } from "@claw/core/errors";
import { InstanceId } from "@claw/core/instance";
import { containerName, isTrialId, LABEL } from "@claw/core/naming";
import type { ObservedContainer } from "@claw/core/status";
import type { ContainerInspectInfo } from "dockerode";
import { boundedMap } from "./bounded-map.ts";
import type { Connection } from "./connection.ts";
import type { DockerContext } from "./context.ts";
import { statusOf } from "./errors.ts";
import { probeTarget } from "./health-probe.ts";
import { observe } from "./observe.ts";

/** Requests for inspection at a time: enough to keep Docker busy, not enough to drown it. */
const PARALLEL = 8;

/** A container by name or id, whoever made it; null when there is none. */
export function inspectContainer(
  connection: Connection,
  nameOrId: string,
): Promise<ContainerInspectInfo | null> {
  return connection.ask((docker, abortSignal) =>
    orNull(docker.getContainer(nameOrId).inspect({ abortSignal })),
  );
}

/** Waits for `answer`; null when Docker says that there is no such thing. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** The container of an instance of this home; null when there is none, or it is not ours. */
export async function findOwn(
  context: DockerContext,
  id: InstanceId,
): Promise<ContainerInspectInfo | null> {
  const info = await inspectContainer(context.connection, containerName(id));
  return info && info.Config.Labels[LABEL.home] === context.home ? info : null;
}

/** As `findOwn`, but rejects with INSTANCE_NOT_FOUND. */
export async function getOwn(
  context: DockerContext,
  id: InstanceId,
): Promise<ContainerInspectInfo> {
  const info = await findOwn(context, id);
  if (info) return info;
  throw new DomainError(
    "INSTANCE_NOT_FOUND",
    `There is no container of ${id}. Start the instance to make it again.`,
  );
}

/** Our containers, all or the one of `id`, as they are now. */
export async function listOwn(
  context: DockerContext,
  id?: InstanceId,
): Promise<ReadonlyMap<InstanceId, ObservedContainer>> {
  const ids = id === undefined ? await ownIds(context) : [id];
  const observed = new Map<InstanceId, ObservedContainer>();
  await boundedMap(ids, PARALLEL, async (each) => {
    const info = await findOwn(context, each);
    if (!info) return;
    probeIfStarting(context, each, info);
    observed.set(each, observe(info, context.probe.hasAnswered(info.Id, info.State.StartedAt)));
  });
  return observed;
}

/** Ids of the instances that have a container, as its name and its labels agree. */
async function ownIds(
  context: DockerContext,
  filters: Record<string, string[]> = {},
): Promise<InstanceId[]> {
  const containers = await context.connection.ask((docker, abortSignal) =>
    docker.listContainers({
      all: true,
      filters: { ...filters, label: [`${LABEL.home}=${context.home}`] },
      abortSignal,
    }),
  );
  return containers.flatMap((container) => {
    const id = labelledId(container.Labels);
    // While Compose replaces a container, the old and the new one carry the same labels.
    const named = id !== null && container.Names.includes(`/${containerName(id)}`);
    return named ? [id] : [];
  });
}

/** The instance, or the trial, that a container is labelled with; null when it is neither. */
export function labelledId(labels: Record<string, string | undefined>): InstanceId | null {
  const label = labels[LABEL.instance] ?? "";
  return isTrialId(label) || InstanceId.safeParse(label).success ? label : null;
}

/** Looks at the gateway itself while Docker's health check has not decided yet. */
export function probeIfStarting(
  context: DockerContext,
  id: InstanceId,
  info: ContainerInspectInfo,
): void {
  const target = probeTarget(id, info, context.connection.hostname);
  if (target) context.probe.begin(target);
}

/** Makes the containers that are starting now known to the probe. */
export async function probeStarting(context: DockerContext): Promise<void> {
  const ids = await ownIds(context, { status: ["running"], health: ["starting"] });
  await boundedMap(ids, PARALLEL, async (id) => {
    const info = await findOwn(context, id);
    if (info) probeIfStarting(context, id, info);
  });
}
