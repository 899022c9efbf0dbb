import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { parseComposeProject } from "@claw/core/compose/project";
import type { InstanceId } from "@claw/core/instance";
import { LABEL } from "@claw/core/naming";
import type { ContainerInspectInfo } from "dockerode";
import { docker, STUB_IMAGE } from "./docker.ts";
import { makeHome } from "./test-app.ts";

/** A home folder for panels on real Docker; everything they created is removed at the end. */
export class DockerHome implements AsyncDisposable {
  readonly home: string;
  readonly env: Record<string, string>;

  private constructor(home: string, basePort: number, pool: string) {
    this.home = home;
    this.env = {
      CLAW_HOME: home,
      CLAW_ENGINE: "docker",
      CLAW_IMAGE: STUB_IMAGE,
      CLAW_BASE_PORT: String(basePort),
      CLAW_SUBNET_POOL: pool,
    };
  }

  /** Own ports and networks, so that test files do not collide. */
  static async make(basePort: number, pool: string): Promise<DockerHome> {
    return new DockerHome(await makeHome(), basePort, pool);
  }

  /** Ids of the instances that have a container. */
  async containers(): Promise<InstanceId[]> {
    const format = `{{.Label "${LABEL.instance}"}}`;
    return words(await docker("ps", "-a", "--filter", this.#filter, "--format", format)).sort();
  }

  async networks(): Promise<string[]> {
    const listed = await docker("network", "ls", "--filter", this.#filter, "--format", "{{.Name}}");
    return words(listed).sort();
  }

  async inspect(id: InstanceId): Promise<ContainerInspectInfo> {
    const [info] = JSON.parse(await docker("inspect", `openclaw-${id}`)) as [ContainerInspectInfo];
    return info;
  }

  /** Names in the folder of instances. */
  folders(): Promise<string[]> {
    return readdir(path.join(this.home, "instances"));
  }

  /** Ids in the compose file. */
  async composed(): Promise<InstanceId[]> {
    const file = path.join(this.home, "docker-compose.yml");
    const project = parseComposeProject(await readFile(file, "utf8"), this.home);
    return Object.keys(project.services).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const containers = words(await docker("ps", "-aq", "--filter", this.#filter));
    await Promise.allSettled(containers.map((each) => docker("rm", "-f", "-v", each)));
    const networks = words(await docker("network", "ls", "-q", "--filter", this.#filter));
    await Promise.allSettled(networks.map((each) => docker("network", "rm", each)));
    await rm(this.home, { recursive: true, force: true });
  }

  get #filter(): string {
    return `label=${LABEL.home}=${this.home}`;
  }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
