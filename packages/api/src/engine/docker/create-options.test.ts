import { parseComposeProject } from "@claw/core/compose/project";
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
    labels: {com.clawmultideploy.instance: a}
networks:
  a:
    name: openclaw-a
    driver: bridge
    ipam: {config: [{subnet: 10.213.0.0/29, gateway: 10.213.0.1}]}
    labels: {com.clawmultideploy.instance: a}
`;

function unit(workingDir: string, text = TEXT) {
  const project = parseComposeProject(text, workingDir);
  const service = project.services.a;
  const network = project.networks.a;
  if (!service || !network) throw new Error("no service");
  return { project, serviceKey: "a", networkKey: "a", service, network };
}

test("sends every key of the service to Docker", () => {
  const options = containerCreateOptions(unit("/srv/claw"), "sha256:1");
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
  const { Labels } = containerCreateOptions(unit("/srv/claw"), "sha256:1");
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
  const options = containerCreateOptions(unit("C:\\Users\\王 伟\\claw"), "sha256:1");
  expect(options.HostConfig?.Binds?.[0]).toBe(
    "C:\\Users\\王 伟\\claw\\instances\\a\\data:/home/node/.openclaw:rw",
  );
  expect(options.Labels?.["com.docker.compose.project.config_files"]).toBe(
    "C:\\Users\\王 伟\\claw\\docker-compose.yml",
  );
});

test("leaves the user to the image when the service names none", () => {
  const options = containerCreateOptions(
    unit("/srv", TEXT.replace(/ +user: .*\n/, "")),
    "sha256:1",
  );
  expect(options).not.toHaveProperty("User");
});

test("a service without a network gets none, and Compose is not told of it", () => {
  const { service, ...rest } = unit("/srv/claw");
  const alone = { ...rest, networkKey: null, network: null };
  const options = containerCreateOptions(
    { ...alone, service: { ...service, networks: [], ports: [] } },
    "sha256:1",
  );
  expect(options.HostConfig).toMatchObject({ NetworkMode: "none", PortBindings: {} });
  expect(options).not.toHaveProperty("NetworkingConfig");
  expect(options.Labels).toEqual(service.labels);
});

test("rights on the host are given as Compose gives them, where they are allowed", () => {
  const { service, ...rest } = unit("/srv/claw");
  expect(containerCreateOptions({ ...rest, service }, "sha256:1").HostConfig).not.toHaveProperty(
    "Privileged",
  );
  const devices = ["/dev/kvm", "/dev/sda:/dev/xvda:r"];
  const rights = { privileged: true, cap_add: ["SYS_TIME"], devices, pid: "host", ipc: "host" };
  const given = { ...rest, service: { ...service, ...rights } as typeof service };
  expect(containerCreateOptions(given, "sha256:1").HostConfig).toMatchObject({
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
  const { network, ...rest } = unit("/srv/claw");
  expect(networkCreateOptions({ ...rest, network }, network)).toEqual({
    Name: "openclaw-a",
    CheckDuplicate: true,
    Driver: "bridge",
    IPAM: { Config: [{ Subnet: "10.213.0.0/29", Gateway: "10.213.0.1" }] },
    Labels: {
      "com.clawmultideploy.instance": "a",
      "com.docker.compose.network": "a",
      "com.docker.compose.project": "claw-1",
      "com.docker.compose.version": "2.26.1",
    },
  });
});
