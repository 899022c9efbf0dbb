import { parseComposeProject } from "@claw/core/compose/project";
import { workloadOf } from "@claw/core/compose/workload";
import type { HostRights, Workload } from "@claw/core/workload";
import { expect, test } from "vitest";
import { containerCreateOptions, networkCreateOptions } from "./create-options.ts";

const TEXT = `name: claw-1
services:
  a:
    image: "openclaw:local"
    container_name: "openclaw-a"
    hostname: "openclaw-a"
    command: ["node", "openclaw.mjs"]
    user: "1000:1000"
    init: true
    restart: unless-stopped
    stop_grace_period: 1m30s
    ports: ["127.0.0.1:18789:18789", "[::1]:18789:18789"]
    volumes: ["./instances/a/data:/home/node/.openclaw", "./instances/a/logs:/logs:ro"]
    environment: {TZ: "Asia/Shanghai", HOME: /home/node, PRICE: "5$$"}
    healthcheck:
      {test: [CMD, "true"], interval: 15s, timeout: 1500ms, retries: 4, start_period: 2m}
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    pids_limit: 512
    mem_limit: 2g
    logging: {driver: json-file, options: {max-size: 10m}}
    networks: [a]
    labels: {com.clawmultideploy.instance: a, com.clawmultideploy.home: HOME_LABEL}
networks:
  a:
    name: openclaw-a
    driver: bridge
    ipam: {config: [{subnet: 10.213.0.0/29, gateway: 10.213.0.1}]}
    labels: {com.clawmultideploy.instance: a, com.clawmultideploy.home: HOME_LABEL}
`;

function workload(home: string, text = TEXT): Workload {
  const labelled = text.replaceAll("HOME_LABEL", JSON.stringify(home));
  return workloadOf(parseComposeProject(labelled, home), "a");
}

const optionsOf = (home: string, text = TEXT) =>
  containerCreateOptions(workload(home, text), { home, imageId: "sha256:1" });

test("sends every key of the service to Docker", () => {
  const options = optionsOf("/srv/claw");
  expect(options).toMatchObject({
    name: "openclaw-a",
    Image: "openclaw:local",
    Hostname: "openclaw-a",
    User: "1000:1000",
    Cmd: ["node", "openclaw.mjs"],
    Env: ["TZ=Asia/Shanghai", "HOME=/home/node", "PRICE=5$"],
    Tty: false,
    StopTimeout: 90,
    ExposedPorts: { "18789/tcp": {} },
    Healthcheck: {
      Test: ["CMD", "true"],
      Interval: 15e9,
      Timeout: 1.5e9,
      StartPeriod: 120e9,
      Retries: 4,
    },
    NetworkingConfig: { EndpointsConfig: { "openclaw-a": { Aliases: ["openclaw-a", "a"] } } },
  });
  expect(options.HostConfig).toEqual({
    Binds: [
      "/srv/claw/instances/a/data:/home/node/.openclaw:rw",
      "/srv/claw/instances/a/logs:/logs:ro",
    ],
    NetworkMode: "openclaw-a",
    PortBindings: {
      "18789/tcp": [
        { HostIp: "127.0.0.1", HostPort: "18789" },
        { HostIp: "::1", HostPort: "18789" },
      ],
    },
    RestartPolicy: { Name: "unless-stopped", MaximumRetryCount: 0 },
    LogConfig: { Type: "json-file", Config: { "max-size": "10m" } },
    Init: true,
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges:true"],
    PidsLimit: 512,
    Memory: 2 * 1024 ** 3,
  });
});

test("labels the container as Compose does, beside its own labels", () => {
  const { Labels } = optionsOf("/srv/claw");
  expect(Labels).toMatchObject({
    "com.clawmultideploy.instance": "a",
    "com.docker.compose.project": "claw-1",
    "com.docker.compose.service": "a",
    "com.docker.compose.oneoff": "False",
    "com.docker.compose.container-number": "1",
    "com.docker.compose.image": "sha256:1",
    "com.docker.compose.depends_on": "",
    "com.docker.compose.project.config_files": "/srv/claw/docker-compose.yml",
    "com.docker.compose.project.working_dir": "/srv/claw",
  });
  expect(Labels?.["com.docker.compose.config-hash"]).toMatch(/^[0-9a-f]{64}$/);
});

test("writes the paths of a Windows host with its own separators", () => {
  const options = optionsOf("C:\\Users\\王 伟\\claw");
  expect(options.HostConfig?.Binds?.[0]).toBe(
    "C:\\Users\\王 伟\\claw\\instances\\a\\data:/home/node/.openclaw:rw",
  );
  expect(options.Labels?.["com.docker.compose.project.config_files"]).toBe(
    "C:\\Users\\王 伟\\claw\\docker-compose.yml",
  );
});

test("leaves the user to the image when the service names none", () => {
  const options = optionsOf("/srv", TEXT.replace(/ +user: .*\n/, ""));
  expect(options).not.toHaveProperty("User");
});

test("a workload without a network gets none, and Compose is not told of it", () => {
  const alone: Workload = { ...workload("/srv/claw"), network: null, published: [] };
  const options = containerCreateOptions(alone, { home: "/srv/claw", imageId: "sha256:1" });
  expect(options.HostConfig).toMatchObject({ NetworkMode: "none", PortBindings: {} });
  expect(options).not.toHaveProperty("NetworkingConfig");
  expect(options.Labels).toEqual(alone.labels);
});

test("rights on the host are given as Compose gives them, where they are allowed", () => {
  const usual = workload("/srv/claw");
  const place = { home: "/srv/claw", imageId: "sha256:1" };
  const hostConfig = containerCreateOptions(usual, place).HostConfig;
  for (const key of ["Privileged", "CapAdd", "Devices", "PidMode", "IpcMode"])
    expect(hostConfig).not.toHaveProperty(key);
  const rights: HostRights = {
    privileged: true,
    capabilities: ["SYS_TIME"],
    devices: ["/dev/kvm", "/dev/sda:/dev/xvda:r"],
    processes: true,
    memory: true,
  };
  const given = { ...usual, isolation: { ...usual.isolation, rights } };
  expect(containerCreateOptions(given, place).HostConfig).toMatchObject({
    Privileged: true,
    CapAdd: ["SYS_TIME"],
    Devices: [
      { PathOnHost: "/dev/kvm", PathInContainer: "/dev/kvm", CgroupPermissions: "rwm" },
      { PathOnHost: "/dev/sda", PathInContainer: "/dev/xvda", CgroupPermissions: "r" },
    ],
    PidMode: "host",
    IpcMode: "host",
  });
});

test("makes the network with the wanted subnet and Compose's labels", () => {
  const { network, ...rest } = workload("/srv/claw");
  if (!network) throw new Error("no network");
  expect(networkCreateOptions({ ...rest, network }, network)).toEqual({
    Name: "openclaw-a",
    CheckDuplicate: true,
    Driver: "bridge",
    IPAM: { Config: [{ Subnet: "10.213.0.0/29", Gateway: "10.213.0.1" }] },
    Labels: {
      "com.clawmultideploy.instance": "a",
      "com.clawmultideploy.home": "/srv/claw",
      "com.docker.compose.network": "a",
      "com.docker.compose.project": "claw-1",
      "com.docker.compose.version": "2.26.1",
    },
  });
});
