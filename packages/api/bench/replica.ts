import { chown, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type ComposeProject, parseComposeProject } from "@claw/core/compose/project";
import { workloadOf } from "@claw/core/compose/workload";
import {
  containerCreateOptions,
  networkCreateOptions,
} from "../src/engine/docker/create-options.ts";
import { IMAGE_USER } from "../src/host/node/node-host.ts";
import { callDocker, docker, execute } from "./docker.ts";
import { networkCreateArguments, runArguments } from "./docker-run-flags.ts";
import { composeTextFor, type Panel } from "./panel.ts";

/** The same instance as the panel makes it, to be made by other means in a home of its own. */
export interface Replica {
  id: string;
  home: string;
  project: ComposeProject;
  composeFile: string;
  composeText: string;
  configText: string;
}

/** Has the panel describe the instance `id`, and takes the description to the folder `home`. */
export async function describeReplica(panel: Panel, id: string, home: string): Promise<Replica> {
  await panel.client.instances.create.mutate({ id, name: id, start: false });
  const composeText = await composeTextFor(panel, home);
  const { text: configText } = await panel.client.instances.readConfig.query({ id });
  await panel.client.instances.remove.mutate({ id, deleteData: true });
  const project = parseComposeProject(composeText, home);
  const composeFile = path.join(home, "docker-compose.yml");
  return { id, home, project, composeFile, composeText, configText };
}

/** Folders, configuration and compose file, as new. */
export async function provision(replica: Replica): Promise<void> {
  const folder = path.join(replica.home, "instances", replica.id);
  await rm(folder, { recursive: true, force: true });
  for (const name of ["data", "logs"]) {
    const made = path.join(folder, name);
    await mkdir(made, { recursive: true, mode: 0o700 });
    await give(made);
  }
  const config = path.join(folder, "data", "openclaw.json");
  await writeFile(config, replica.configText, { mode: 0o600 });
  await give(config);
  await writeFile(replica.composeFile, replica.composeText);
}

/** The panel gives files to the image's user when it runs as root, and keeps its own otherwise. */
async function give(file: string): Promise<void> {
  if (process.getuid?.() === 0) await chown(file, IMAGE_USER.uid, IMAGE_USER.gid);
}

/** `docker network create`: the first half of what the panel has Docker do. */
export async function createNetwork({ project, id }: Replica): Promise<void> {
  await docker(...networkCreateArguments(partsOf(project, id).network));
}

/** `docker run -d` with the same flags: the second half. */
export async function runContainer({ project, id }: Replica): Promise<void> {
  const { service, network } = partsOf(project, id);
  await docker(...runArguments(id, service, network.name));
}

/** The three calls of the Engine API without which there is no such container: the least possible. */
export async function makeByApi({ home, id, project }: Replica): Promise<void> {
  const workload = workloadOf(project, id);
  const { network } = workload;
  if (!network) throw new Error(`the compose file has no network for ${id}`);
  const { name, ...options } = containerCreateOptions(workload, { home, imageId: workload.image });
  await callDocker("POST", "/networks/create", networkCreateOptions(workload, network));
  await callDocker("POST", `/containers/create?name=${name}`, options);
  await callDocker("POST", `/containers/${name}/start`);
}

export async function removeByHand(replica: Replica): Promise<void> {
  const { service, network } = partsOf(replica.project, replica.id);
  await docker("rm", "--force", service.container_name);
  await docker("network", "rm", network.name);
}

export async function composeUp(compose: string, { composeFile }: Replica): Promise<void> {
  await execute(compose, ["--file", composeFile, "up", "--detach"]);
}

export async function composeDown(compose: string, { composeFile }: Replica): Promise<void> {
  await execute(compose, ["--file", composeFile, "down", "--timeout", "1"]);
}

function partsOf(project: ComposeProject, id: string) {
  const service = project.services[id];
  const network = project.networks[id];
  if (!service || !network) throw new Error(`the compose file has no service ${id} with a network`);
  return { service, network };
}

const COMPARED = [
  ...["Binds", "PortBindings", "RestartPolicy", "LogConfig", "Init", "CapDrop", "SecurityOpt"],
  ...["PidsLimit", "Memory", "NetworkMode", "Privileged"],
];

/** The settings of an existing container that determine Docker's work, without its home's name. */
export async function shapeOf(container: string, home: string): Promise<string> {
  const [info] = JSON.parse(await docker("inspect", container));
  const shape = {
    host: COMPARED.map((key) => info.HostConfig[key]),
    config: [info.Config.Cmd, [...info.Config.Env].sort(), info.Config.Healthcheck],
    user: info.Config.User,
    image: info.Image,
  };
  return JSON.stringify(shape).replaceAll(home, "");
}
