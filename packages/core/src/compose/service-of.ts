import { containerName } from "../naming.ts";
import type { Workload } from "../workload.ts";
import type { ComposeService } from "./project.ts";
import { hostPathOf } from "./workload.ts";

/** The Compose service that a workload of the home in this folder comes from, for Compose's hash. */
export function composeServiceOf(workload: Workload, home: string): ComposeService {
  const { health, id, isolation, limits, user } = workload;
  return {
    image: workload.image,
    container_name: containerName(id),
    hostname: workload.hostname,
    command: [...workload.command],
    ...(user === null ? {} : { user }),
    init: workload.init,
    restart: workload.restart,
    stop_grace_period: workload.stopGraceSeconds,
    ports: workload.published.map(({ address, port, containerPort }) => ({
      hostIp: address,
      hostPort: port,
      containerPort,
    })),
    volumes: workload.mounts.map(({ source, target, readOnly }) => ({
      source: hostPathOf(home, source),
      target,
      readOnly,
    })),
    environment: { ...workload.environment },
    healthcheck: {
      test: [...health.test],
      interval: health.intervalSeconds,
      timeout: health.timeoutSeconds,
      retries: health.retries,
      start_period: health.startSeconds,
    },
    cap_drop: [...isolation.droppedCapabilities],
    ...rightsIn(workload),
    security_opt: [...isolation.securityOptions],
    pids_limit: limits.processes,
    mem_limit: limits.memoryBytes,
    logging: { driver: workload.log.driver, options: { ...workload.log.options } },
    networks: workload.network === null ? [] : [id],
    labels: { ...workload.labels },
  };
}

function rightsIn({ isolation: { rights } }: Workload): Partial<ComposeService> {
  return {
    ...(rights.privileged && { privileged: true }),
    ...(rights.capabilities.length > 0 && { cap_add: [...rights.capabilities] }),
    ...(rights.devices.length > 0 && { devices: [...rights.devices] }),
    ...(rights.processes && { pid: "host" }),
    ...(rights.memory && { ipc: "host" }),
  };
}
