import { createHash } from "node:crypto";
import { COMPOSE_VERSION, composeServiceJson } from "@claw/core/compose/compose-hash";
import { composeServiceOf } from "@claw/core/compose/service-of";
import { hostPathOf } from "@claw/core/compose/workload";
import { resolveHostPath } from "@claw/core/host-path";
import { containerName } from "@claw/core/naming";
import type { HostRights, PrivateNetwork, Workload } from "@claw/core/workload";
import type { ContainerCreateOptions, NetworkCreateOptions } from "dockerode";

export const NETWORK_DRIVER = "bridge";

/** The request that Compose would send to Docker for this container, including its labels. */
export function containerCreateOptions(
  workload: Workload,
  { home, imageId }: { home: string; imageId: string },
): ContainerCreateOptions {
  const { health, network } = workload;
  const ports = workload.published.map((port) => `${port.containerPort}/tcp`);
  return {
    name: containerName(workload.id),
    Image: workload.image,
    Hostname: workload.hostname,
    Cmd: [...workload.command],
    Env: Object.entries(workload.environment).map(([name, value]) => `${name}=${value}`),
    ...(workload.user === null ? {} : { User: workload.user }),
    Tty: false,
    OpenStdin: false,
    AttachStdin: false,
    AttachStdout: true,
    AttachStderr: true,
    ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
    Healthcheck: {
      Test: [...health.test],
      Interval: nanoseconds(health.intervalSeconds),
      Timeout: nanoseconds(health.timeoutSeconds),
      StartPeriod: nanoseconds(health.startSeconds),
      Retries: health.retries,
    },
    // Without a network it is no service of the compose file; Compose must not find it.
    Labels: { ...workload.labels, ...(network ? composeLabels(workload, home, imageId) : {}) },
    StopTimeout: Math.trunc(workload.stopGraceSeconds),
    HostConfig: hostConfig(workload, home),
    ...(network ? { NetworkingConfig: endpointsOf(workload) } : {}),
  };
}

function endpointsOf({ id }: Workload) {
  const name = containerName(id);
  return { EndpointsConfig: { [name]: { Aliases: [name, id] } } };
}

function hostConfig(workload: Workload, home: string) {
  const { isolation, limits, log } = workload;
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { address, port, containerPort } of workload.published) {
    const key = `${containerPort}/tcp`;
    bindings[key] = [...(bindings[key] ?? []), { HostIp: address, HostPort: String(port) }];
  }
  return {
    Binds: workload.mounts.map(
      ({ source, target, readOnly }) =>
        `${hostPathOf(home, source)}:${target}:${readOnly ? "ro" : "rw"}`,
    ),
    NetworkMode: workload.network ? containerName(workload.id) : "none",
    PortBindings: bindings,
    RestartPolicy: { Name: workload.restart, MaximumRetryCount: 0 },
    LogConfig: { Type: log.driver, Config: { ...log.options } },
    Init: workload.init,
    CapDrop: [...isolation.droppedCapabilities],
    ...hostRights(isolation.rights),
    SecurityOpt: [...isolation.securityOptions],
    PidsLimit: limits.processes,
    Memory: limits.memoryBytes,
  };
}

/** Options that a template has only with the administrator's permission. */
function hostRights({ privileged, capabilities, devices, processes, memory }: HostRights) {
  return {
    ...(privileged && { Privileged: true }),
    ...(capabilities.length > 0 && { CapAdd: [...capabilities] }),
    ...(devices.length > 0 && { Devices: devices.map(device) }),
    ...(processes && { PidMode: "host" }),
    ...(memory && { IpcMode: "host" }),
  };
}

function device(text: string) {
  const [PathOnHost = "", PathInContainer = PathOnHost, CgroupPermissions = "rwm"] =
    text.split(":");
  return { PathOnHost, PathInContainer, CgroupPermissions };
}

/** The labels by which Compose recognizes its containers and whether they are up to date. */
function composeLabels(workload: Workload, home: string, imageId: string): Record<string, string> {
  const service = composeServiceOf(workload, home);
  const hash = createHash("sha256").update(composeServiceJson(service)).digest("hex");
  return {
    "com.docker.compose.project": workload.project,
    "com.docker.compose.service": workload.id,
    "com.docker.compose.version": COMPOSE_VERSION,
    "com.docker.compose.oneoff": "False",
    "com.docker.compose.container-number": "1",
    "com.docker.compose.config-hash": hash,
    "com.docker.compose.image": imageId,
    "com.docker.compose.depends_on": "",
    "com.docker.compose.project.config_files": resolveHostPath(home, "docker-compose.yml"),
    "com.docker.compose.project.working_dir": home,
  };
}

/** The request that Compose would send to Docker for an instance's network. */
export function networkCreateOptions(
  { id, project }: Workload,
  network: PrivateNetwork,
): NetworkCreateOptions {
  return {
    Name: containerName(id),
    // Otherwise engines before API 1.44 would create a second network of the same name.
    CheckDuplicate: true,
    Driver: NETWORK_DRIVER,
    IPAM: { Config: [{ Subnet: network.subnet, Gateway: network.gateway }] },
    Labels: {
      ...network.labels,
      "com.docker.compose.network": id,
      "com.docker.compose.project": project,
      "com.docker.compose.version": COMPOSE_VERSION,
    },
  };
}

function nanoseconds(seconds: number): number {
  return Math.round(seconds * 1e9);
}
