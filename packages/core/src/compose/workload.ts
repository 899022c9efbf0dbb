import { DomainError } from "../errors.ts";
import { isWithin, resolveHostPath } from "../host-path.ts";
import type { InstanceId } from "../instance.ts";
import { containerName, LABEL } from "../naming.ts";
import type { HostRights, MountSource, StorageHandle, Workload } from "../workload.ts";
import type { ComposeNetwork, ComposeProject, ComposeService } from "./project.ts";

/**
 * The workload of instance `id` in a project. Throws TEMPLATE_INVALID unless the project has a
 * service for it whose names and labels let an engine find it again.
 */
export function workloadOf(project: ComposeProject, id: InstanceId): Workload {
  const service = project.services[id];
  const network = project.networks[service?.networks[0] ?? ""];
  if (!service || !network) throw invalid(`has no service ${id} with a network of its own`);
  requireNames(id, service, network);
  requireLabels(id, project.workingDir, service, network);
  const [{ subnet, gateway } = { subnet: "", gateway: "" }] = network.ipam.config;
  const { healthcheck, mem_limit, pids_limit } = service;
  return {
    id,
    project: project.name,
    image: service.image,
    hostname: service.hostname,
    command: service.command,
    environment: service.environment,
    user: service.user ?? null,
    mounts: service.volumes.map(({ source, target, readOnly }) => ({
      source: sourceOf(project.workingDir, source),
      target,
      readOnly,
    })),
    published: service.ports.map(({ hostIp, hostPort, containerPort }) => ({
      address: hostIp,
      port: hostPort,
      containerPort,
    })),
    network: { subnet, gateway, labels: network.labels },
    limits: { memoryBytes: mem_limit, processes: pids_limit },
    health: {
      test: healthcheck.test,
      intervalSeconds: healthcheck.interval,
      timeoutSeconds: healthcheck.timeout,
      retries: healthcheck.retries,
      startSeconds: healthcheck.start_period,
    },
    restart: service.restart,
    stopGraceSeconds: service.stop_grace_period,
    init: service.init,
    isolation: {
      droppedCapabilities: service.cap_drop,
      securityOptions: service.security_opt,
      rights: rightsOf(service),
    },
    log: service.logging,
    labels: service.labels,
  };
}

/** The fingerprint of the spec and template that shaped a workload. */
export function specHashOf({ labels }: Pick<Workload, "labels">): string {
  return labels[LABEL.specHash] ?? "";
}

/** The folder of a handle where storage is folders of a home on the engine's machine. */
export function hostPathOf(home: string, source: MountSource): string {
  return "storage" in source ? resolveHostPath(home, source.storage) : source.hostPath;
}

function sourceOf(home: string, path: string): MountSource {
  if (!isWithin(home, path)) return { hostPath: path };
  const storage: StorageHandle = path
    .slice(resolveHostPath(home, ".").length)
    .split(home.startsWith("/") ? "/" : "\\")
    .filter((part) => part !== "")
    .join("/");
  return { storage };
}

function rightsOf(service: ComposeService): HostRights {
  return {
    privileged: service.privileged ?? false,
    capabilities: service.cap_add ?? [],
    devices: service.devices ?? [],
    processes: service.pid === "host",
    memory: service.ipc === "host",
  };
}

function requireNames(id: InstanceId, service: ComposeService, network: ComposeNetwork): void {
  const name = containerName(id);
  if (service.container_name !== name || network.name !== name)
    throw invalid(`must name the container and the network of ${id} ${name}`);
}

function requireLabels(
  id: InstanceId,
  home: string,
  ...parts: { labels: Readonly<Record<string, string>> }[]
): void {
  for (const { labels } of parts)
    if (labels[LABEL.home] !== home || labels[LABEL.instance] !== id)
      throw invalid(`must label the container and the network of ${id} with id and home`);
}

function invalid(what: string): DomainError {
  return new DomainError(
    "TEMPLATE_INVALID",
    `The compose file ${what}. Correct templates/docker-compose.template.yml, or restore the one that the panel ships.`,
  );
}
