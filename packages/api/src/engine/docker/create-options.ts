import { createHash } from "node:crypto";
import { COMPOSE_VERSION, composeServiceJson } from "@claw/core/compose/compose-hash";
import type { ComposeNetwork, ComposeProject, ComposeService } from "@claw/core/compose/project";
import { resolveHostPath } from "@claw/core/host-path";
import type { ContainerCreateOptions, NetworkCreateOptions } from "dockerode";

/** The parts of a compose project that make up one instance. */
export interface DeployUnit {
  project: ComposeProject;
  /** Keys in the compose file. */
  serviceKey: string;
  networkKey: string | null;
  service: ComposeService;
  /** Null for a container without any network. */
  network: ComposeNetwork | null;
}

/** The request that Compose would send to Docker for this container, including its labels. */
export function containerCreateOptions(unit: DeployUnit, imageId: string): ContainerCreateOptions {
  const { service, network } = unit;
  const ports = service.ports.map((port) => `${port.containerPort}/tcp`);
  return {
    name: service.container_name,
    Image: service.image,
    Hostname: service.hostname,
    Cmd: service.command,
    Env: Object.entries(service.environment).map(([name, value]) => `${name}=${value}`),
    ...(service.user === undefined ? {} : { User: service.user }),
    Tty: false,
    OpenStdin: false,
    AttachStdin: false,
    AttachStdout: true,
    AttachStderr: true,
    ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
    Healthcheck: {
      Test: service.healthcheck.test,
      Interval: nanoseconds(service.healthcheck.interval),
      Timeout: nanoseconds(service.healthcheck.timeout),
      StartPeriod: nanoseconds(service.healthcheck.start_period),
      Retries: service.healthcheck.retries,
    },
    // Without a network it is no service of the compose file; Compose must not find it.
    Labels: { ...service.labels, ...(network ? composeLabels(unit, imageId) : {}) },
    StopTimeout: Math.trunc(service.stop_grace_period),
    HostConfig: hostConfig(service, network),
    ...(network ? { NetworkingConfig: endpointIn(network, unit) } : {}),
  };
}

function endpointIn(network: ComposeNetwork, { service, serviceKey }: DeployUnit) {
  return {
    EndpointsConfig: { [network.name]: { Aliases: [service.container_name, serviceKey] } },
  };
}

function hostConfig(service: ComposeService, network: ComposeNetwork | null) {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of service.ports) {
    const key = `${port.containerPort}/tcp`;
    const binding = { HostIp: port.hostIp, HostPort: String(port.hostPort) };
    bindings[key] = [...(bindings[key] ?? []), binding];
  }
  return {
    Binds: service.volumes.map(
      (volume) => `${volume.source}:${volume.target}:${volume.readOnly ? "ro" : "rw"}`,
    ),
    NetworkMode: network?.name ?? "none",
    PortBindings: bindings,
    RestartPolicy: { Name: service.restart, MaximumRetryCount: 0 },
    LogConfig: { Type: service.logging.driver, Config: service.logging.options },
    Init: service.init,
    CapDrop: service.cap_drop,
    ...hostRights(service),
    SecurityOpt: service.security_opt,
    PidsLimit: service.pids_limit,
    Memory: service.mem_limit,
  };
}

/** Options that a template has only with the administrator's permission. */
function hostRights({ privileged, cap_add, devices, pid, ipc }: ComposeService) {
  return {
    ...(privileged && { Privileged: true }),
    ...(cap_add && { CapAdd: cap_add }),
    ...(devices && { Devices: devices.map(device) }),
    ...(pid && { PidMode: pid }),
    ...(ipc && { IpcMode: ipc }),
  };
}

function device(text: string) {
  const [PathOnHost = "", PathInContainer = PathOnHost, CgroupPermissions = "rwm"] =
    text.split(":");
  return { PathOnHost, PathInContainer, CgroupPermissions };
}

/** The labels by which Compose recognizes its containers and whether they are up to date. */
function composeLabels(unit: DeployUnit, imageId: string): Record<string, string> {
  const { project, service, serviceKey } = unit;
  const hash = createHash("sha256").update(composeServiceJson(service)).digest("hex");
  return {
    "com.docker.compose.project": project.name,
    "com.docker.compose.service": serviceKey,
    "com.docker.compose.version": COMPOSE_VERSION,
    "com.docker.compose.oneoff": "False",
    "com.docker.compose.container-number": "1",
    "com.docker.compose.config-hash": hash,
    "com.docker.compose.image": imageId,
    "com.docker.compose.depends_on": "",
    "com.docker.compose.project.config_files": resolveHostPath(
      project.workingDir,
      "docker-compose.yml",
    ),
    "com.docker.compose.project.working_dir": project.workingDir,
  };
}

/** The request that Compose would send to Docker for an instance's network. */
export function networkCreateOptions(
  unit: DeployUnit,
  network: ComposeNetwork,
): NetworkCreateOptions {
  return {
    Name: network.name,
    // Otherwise engines before API 1.44 would create a second network of the same name.
    CheckDuplicate: true,
    Driver: network.driver,
    IPAM: {
      Config: network.ipam.config.map(({ subnet, gateway }) => ({
        Subnet: subnet,
        Gateway: gateway,
      })),
    },
    Labels: {
      ...network.labels,
      "com.docker.compose.network": unit.networkKey ?? unit.serviceKey,
      "com.docker.compose.project": unit.project.name,
      "com.docker.compose.version": COMPOSE_VERSION,
    },
  };
}

function nanoseconds(seconds: number): number {
  return Math.round(seconds * 1e9);
}
