import type { ComposeNetwork, ComposeService } from "@claw/core/compose/project";

/** `docker network create` of exactly the network that the compose file describes. */
export function networkCreateArguments(network: ComposeNetwork): string[] {
  const pools = network.ipam.config.flatMap(({ subnet, gateway }) => [
    ...["--subnet", subnet],
    ...["--gateway", gateway],
  ]);
  const labels = Object.entries(network.labels).flatMap(pair("--label"));
  return ["network", "create", "--driver", network.driver, ...pools, ...labels, network.name];
}

/** `docker run -d` of exactly the container that the compose file describes. */
export function runArguments(id: string, service: ComposeService, network: string): string[] {
  const [kind, command] = service.healthcheck.test;
  if (kind !== "CMD-SHELL" || command === undefined)
    throw new Error("docker run knows health checks of the form CMD-SHELL only");
  const seconds = (value: number) => `${value}s`;
  return [
    ...["run", "--detach"],
    ...["--name", service.container_name],
    ...["--hostname", service.hostname],
    ...(service.user === undefined ? [] : ["--user", service.user]),
    ...(service.init ? ["--init"] : []),
    ...["--restart", service.restart],
    ...["--stop-timeout", String(service.stop_grace_period)],
    ...service.ports.flatMap(({ hostIp, hostPort, containerPort }) => [
      "--publish",
      `${hostIp}:${hostPort}:${containerPort}`,
    ]),
    ...service.volumes.flatMap(({ source, target, readOnly }) => [
      "--volume",
      `${source}:${target}:${readOnly ? "ro" : "rw"}`,
    ]),
    ...Object.entries(service.environment).flatMap(pair("--env")),
    ...["--health-cmd", command],
    ...["--health-interval", seconds(service.healthcheck.interval)],
    ...["--health-timeout", seconds(service.healthcheck.timeout)],
    ...["--health-retries", String(service.healthcheck.retries)],
    ...["--health-start-period", seconds(service.healthcheck.start_period)],
    ...service.cap_drop.flatMap((capability) => ["--cap-drop", capability]),
    ...service.security_opt.flatMap((option) => ["--security-opt", option]),
    ...["--pids-limit", String(service.pids_limit)],
    ...["--memory", String(service.mem_limit)],
    ...["--log-driver", service.logging.driver],
    ...Object.entries(service.logging.options).flatMap(pair("--log-opt")),
    ...["--network", network, "--network-alias", id],
    ...Object.entries(service.labels).flatMap(pair("--label")),
    service.image,
    ...service.command,
  ];
}

function pair(flag: string) {
  return ([name, value]: [string, string]) => [flag, `${name}=${value}`];
}
