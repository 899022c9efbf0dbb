import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { ComposeService } from "@claw/core/compose/project";
import { containerName } from "@claw/core/naming";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DockerHarness, docker } from "./support/docker.ts";

/** The parts of `docker inspect` that are compared. */
interface Inspected {
  Id: string;
  Image: string;
  Name: string;
  Path: string;
  Args: string[];
  Config: Record<string, unknown> & { Env: string[]; Labels: Record<string, string> };
  HostConfig: Record<string, unknown> & { Binds: string[] };
  Mounts: { Destination: string }[];
  NetworkSettings: {
    Ports: unknown;
    Networks: Record<string, { Aliases: string[]; IPAMConfig: unknown; IPAddress: string }>;
  };
}
type Read = (info: Inspected) => unknown;

const IN_ANY_ORDER = new Set(["Env", "Binds"]);

const config =
  (...names: string[]): Read =>
  (info) =>
    names.map((name) => info.Config[name]);
const hostConfig =
  (...names: string[]): Read =>
  (info) =>
    names.map((name) => info.HostConfig[name]);

/** Each key of the template, and where Docker shows what became of it. */
const FIELDS: Record<keyof ComposeService, Read> = {
  image: (info) => [info.Image, info.Config.Image],
  container_name: (info) => info.Name,
  hostname: config("Hostname", "Domainname"),
  command: (info) => [info.Path, info.Args, info.Config.Cmd, info.Config.Entrypoint],
  user: config("User"),
  init: hostConfig("Init"),
  restart: hostConfig("RestartPolicy", "AutoRemove"),
  stop_grace_period: config("StopTimeout"),
  ports: (info) => [
    info.Config.ExposedPorts,
    info.HostConfig.PortBindings,
    info.NetworkSettings.Ports,
  ],
  // Compose hands these and the variables over in any order.
  volumes: (info) => [
    info.HostConfig.Binds.toSorted(),
    info.Config.Volumes,
    info.Mounts.toSorted((a, b) => a.Destination.localeCompare(b.Destination)),
  ],
  environment: (info) => info.Config.Env.toSorted(),
  healthcheck: config("Healthcheck"),
  cap_drop: hostConfig("CapAdd", "CapDrop", "Privileged"),
  privileged: hostConfig("Privileged"),
  cap_add: hostConfig("CapAdd"),
  devices: hostConfig("Devices"),
  pid: hostConfig("PidMode"),
  ipc: hostConfig("IpcMode"),
  security_opt: hostConfig("SecurityOpt"),
  pids_limit: hostConfig("PidsLimit"),
  mem_limit: hostConfig("Memory", "MemorySwap", "MemoryReservation"),
  logging: hostConfig("LogConfig"),
  networks: (info) => [
    info.HostConfig.NetworkMode,
    Object.entries(info.NetworkSettings.Networks).map(([name, endpoint]) => [
      name,
      endpoint.IPAMConfig,
      endpoint.IPAddress,
      endpoint.Aliases.filter((alias) => !info.Id.startsWith(alias)),
    ]),
  ],
  labels: (info) => info.Config.Labels,
};

const ID = "same";
const NAME = containerName(ID);
let harness: DockerHarness;

beforeAll(async () => {
  harness = await DockerHarness.make();
  await harness.writeConfig(ID, "{}");
  const text = await harness.projects.render(ID, { user: "1000:1000" });
  await writeFile(path.join(harness.home, "docker-compose.yml"), text);
});
afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
});

async function compose(...argv: string[]): Promise<string> {
  const program = process.env.CLAW_TEST_COMPOSE;
  if (!program)
    throw new Error("CLAW_TEST_COMPOSE must be what `node scripts/compose-v2.mjs` prints");
  const { stdout } = await promisify(execFile)(program, ["-f", "docker-compose.yml", ...argv], {
    cwd: harness.home,
  });
  return stdout.trim();
}

const inspect = async (): Promise<Inspected> => JSON.parse(await docker("inspect", NAME))[0];
const inspectNetwork = async () => {
  const [info] = JSON.parse(await docker("network", "inspect", NAME));
  const { Id: _id, Created: _created, Containers: _containers, ...rest } = info;
  return rest;
};
const workload = () => harness.workload(ID, { user: "1000:1000" });
const deployAndStart = async () => {
  await harness.engine.deploy(await workload());
  await harness.engine.start(ID);
};
const containerId = async () => (await harness.engine.list(ID)).get(ID)?.containerId;

test("our container and network are what Compose makes of the same file", async () => {
  await deployAndStart();
  const [ours, ourNetwork] = [await inspect(), await inspectNetwork()];
  await harness.engine.stop(ID);
  await harness.engine.remove(ID);

  await compose("up", "-d");
  const [theirs, theirNetwork] = [await inspect(), await inspectNetwork()];
  expect(theirs.Id).not.toBe(ours.Id);
  for (const [key, read] of Object.entries(FIELDS)) expect(read(ours), key).toEqual(read(theirs));
  // And nothing else differs either.
  expect(withoutNoise(ours.Config)).toEqual(withoutNoise(theirs.Config));
  expect(withoutNoise(ours.HostConfig)).toEqual(withoutNoise(theirs.HostConfig));
  expect(ourNetwork).toEqual(theirNetwork);
});

test("the driver takes Compose's container for its own and up to date", async () => {
  const theirs = await containerId();
  expect(theirs).toBeDefined();
  expect(await harness.engine.deploy(await workload())).toEqual({ changed: false });
  expect(await containerId()).toBe(theirs);
  await compose("down");
  expect(await containerId()).toBeUndefined();
});

test("Compose takes our container for its own: ps, up -d without a new one, stop, start", async () => {
  await deployAndStart();
  const ours = await containerId();
  expect(await compose("ps", "--all", "--format", "{{.Name}} {{.Service}} {{.State}}")).toBe(
    `${NAME} ${ID} running`,
  );
  await compose("up", "-d");
  expect(await containerId()).toBe(ours);
  await compose("stop");
  expect((await harness.engine.list(ID)).get(ID)).toMatchObject({ state: "exited", exitCode: 0 });
  await compose("up", "-d");
  expect((await harness.engine.list(ID)).get(ID)).toMatchObject({
    state: "running",
    containerId: ours,
  });
  expect(await compose("ls", "--format", "json")).toContain(path.basename(harness.home));
});

/** The order of variables is any, and an empty list is as good as none. */
function withoutNoise(part: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(part)
      .filter(([, value]) => value !== null && JSON.stringify(value) !== "[]")
      .map(([key, value]) => [
        key,
        IN_ANY_ORDER.has(key) && Array.isArray(value) ? value.toSorted() : value,
      ]),
  );
}
