import { DomainError, hasReason } from "@claw/core/errors";
import { InstanceId } from "@claw/core/instance";
import { containerName, isRestoreTestId, LABEL } from "@claw/core/naming";
import type { ObservedContainer } from "@claw/core/status";
import type { ContainerInfo, ContainerInspectInfo } from "dockerode";
import { boundedMap } from "./bounded-map.ts";
import type { AskOptions, Connection } from "./connection.ts";
import type { DockerContext } from "./context.ts";
import { statusOf } from "./errors.ts";
import { probeTarget } from "./health-probe.ts";
import { observe, silent } from "./observe.ts";

/** Requests for inspection at a time: enough to keep Docker busy, not enough to drown it. */
const PARALLEL = 8;
/** Docker answers in milliseconds, but for a container that hangs, never. */
export const INSPECT_SECONDS = 5;

/** A container by name or id, whoever made it; null when there is none. */
export function inspectContainer(
  connection: Connection,
  nameOrId: string,
  options: AskOptions = {},
): Promise<ContainerInspectInfo | null> {
  return connection.ask(
    (docker, abortSignal) => orNull(docker.getContainer(nameOrId).inspect({ abortSignal })),
    options,
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
  options: AskOptions = {},
): Promise<ContainerInspectInfo | null> {
  const info = await inspectContainer(context.connection, containerName(id), options);
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
  const ids = id === undefined ? [...(await listed(context)).keys()] : [id];
  const observed = new Map<InstanceId, ObservedContainer>();
  await boundedMap(ids, PARALLEL, async (each) => {
    const container = await observeOwn(context, each);
    if (container) observed.set(each, container);
  });
  return observed;
}

/**
 * Docker lists a container without asking it, but asks it for an inspection: that can hang, or be
 * refused for ever. A connection that broke is tried once more.
 */
async function observeOwn(
  context: DockerContext,
  id: InstanceId,
  isAgain = false,
): Promise<ObservedContainer | null> {
  try {
    const info = await findOwn(context, id, { seconds: INSPECT_SECONDS });
    if (!info) return null;
    probeIfStarting(context, id, info);
    const ago = context.probe.answeredAgo(info.Id, info.State.StartedAt);
    const now = context.connection.clock.now();
    return observe(info, { answeredAt: ago === null ? null : now - ago, now });
  } catch (error) {
    const container = (await listed(context, { name: [`^/${containerName(id)}$`] })).get(id);
    if (!container) return null;
    if (!isAgain && hasReason(error, "ENGINE_UNREACHABLE")) return observeOwn(context, id, true);
    return silent(container);
  }
}

/** Our containers as Docker lists them, by the instance on which name and labels agree. */
async function listed(
  context: DockerContext,
  filters: Record<string, string[]> = {},
): Promise<Map<InstanceId, ContainerInfo>> {
  const containers = await context.connection.ask((docker, abortSignal) =>
    docker.listContainers({
      all: true,
      filters: { ...filters, label: [`${LABEL.home}=${context.home}`] },
      abortSignal,
    }),
  );
  const found = new Map<InstanceId, ContainerInfo>();
  for (const container of containers) {
    const id = labelledId(container.Labels);
    // While Compose replaces a container, the old and the new one carry the same labels.
    if (id !== null && container.Names.includes(`/${containerName(id)}`)) found.set(id, container);
  }
  return found;
}

/** The instance, or the restore test, that a container is labelled with; null when it is neither. */
export function labelledId(labels: Record<string, string | undefined>): InstanceId | null {
  const label = labels[LABEL.instance] ?? "";
  return isRestoreTestId(label) || InstanceId.safeParse(label).success ? label : null;
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
  const starting = await listed(context, { status: ["running"], health: ["starting"] });
  await boundedMap([...starting.keys()], PARALLEL, async (id) => {
    const info = await findOwn(context, id, { seconds: INSPECT_SECONDS });
    if (info) probeIfStarting(context, id, info);
  });
}
