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

/** Concurrent inspections: enough to keep Docker busy, too few to overload it. */
const PARALLEL = 8;
/** Docker answers in milliseconds, except for a hung container: never. */
export const INSPECT_SECONDS = 5;

/** A container by name or id, whoever created it; null when there is none. */
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

/** Awaits `answer`; null when Docker reports it as not found. */
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

/** The current state of our containers, or of the one of `id`. */
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
 * Docker lists containers without touching them, but an inspection can hang, or fail for ever.
 * Retries once after a broken connection.
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

/** Our containers as listed by Docker, keyed by the instance on which name and labels agree. */
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

/** The instance or restore test in a container's labels; null when neither. */
export function labelledId(labels: Record<string, string | undefined>): InstanceId | null {
  const label = labels[LABEL.instance] ?? "";
  return isRestoreTestId(label) || InstanceId.safeParse(label).success ? label : null;
}

/** Asks the gateway itself while Docker's health check is undecided. */
export function probeIfStarting(
  context: DockerContext,
  id: InstanceId,
  info: ContainerInspectInfo,
): void {
  const target = probeTarget(id, info, context.connection.hostname);
  if (target) context.probe.begin(target);
}

/** Registers the starting containers with the probe. */
export async function probeStarting(context: DockerContext): Promise<void> {
  const starting = await listed(context, { status: ["running"], health: ["starting"] });
  await boundedMap([...starting.keys()], PARALLEL, async (id) => {
    const info = await findOwn(context, id, { seconds: INSPECT_SECONDS });
    if (info) probeIfStarting(context, id, info);
  });
}
