import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { LogLine } from "@claw/core/log-cursor";
import { containerName, LABEL } from "@claw/core/naming";
import type { EngineHarness } from "../../src/engine/contract/engine-rig.contract.ts";
import { createDockerEngine } from "../../src/engine/docker/docker-engine.ts";
import type { ContainerEngine } from "../../src/engine/engine.ts";
import { CuttableProxy } from "./cuttable-proxy.ts";
import { ENGINE_RANGES, listenOn, ProjectMaker } from "./engine-project.ts";

const run = promisify(execFile);
const STUB_SCRIPT = path.join(
  import.meta.dirname,
  "../../../../templates/image/build-stub-image.sh",
);
export const STUB_IMAGE = process.env.CLAW_TEST_STUB_IMAGE ?? "openclaw:stub";
/** The label by which the test runner finds the leftovers of a killed run. */
const TEST_LABEL = ["--label", "claw.test=1"];

/** Runs the docker command; resolves with its output. */
export async function docker(...argv: string[]): Promise<string> {
  const { stdout } = await run("docker", argv, { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** Builds the stub image unless the test runner did, or it is up to date. */
async function ensureStubImage(): Promise<void> {
  if (!process.env.CLAW_TEST_STUB_IMAGE) await run(STUB_SCRIPT, [STUB_IMAGE]);
}

/** An own home folder, with a Docker engine behind a connection that can be cut. */
export class DockerHarness implements EngineHarness {
  readonly image = STUB_IMAGE;
  readonly home: string;
  readonly engine: ContainerEngine;
  readonly projects: ProjectMaker;
  readonly warnings: string[] = [];
  readonly #proxy: CuttableProxy;
  readonly #foreign = new Set<string>();

  constructor(home: string, proxy: CuttableProxy) {
    this.home = home;
    this.#proxy = proxy;
    this.engine = createDockerEngine({
      home,
      ranges: ENGINE_RANGES,
      dockerHost: `unix://${proxy.path}`,
      onWarning: (message) => this.warnings.push(message),
      pingEveryMs: 1_000,
    });
    this.projects = new ProjectMaker({ home, image: STUB_IMAGE, engine: this.engine });
  }

  static async make(): Promise<DockerHarness> {
    await ensureStubImage();
    // Names that could confuse Compose, Docker or a shell.
    const home = await mkdtemp(path.join(await realpath(tmpdir()), "claw test $x-"));
    // Outside the home: a socket's path has at most 107 bytes.
    const proxy = new CuttableProxy(`/tmp/claw-test-${randomUUID()}.sock`);
    await proxy.open();
    return new DockerHarness(home, proxy);
  }

  workload(id: InstanceId, spec: Partial<InstanceSpec> = {}) {
    return this.projects.workload(id, spec);
  }

  writeConfig(id: InstanceId, text: string) {
    return this.projects.writeConfig(id, text);
  }

  async startForeign(name: string, port?: number): Promise<void> {
    this.#foreign.add(name);
    const publish = port === undefined ? [] : ["-p", `127.0.0.1:${port}:80`];
    await runSleeper(name, publish);
  }

  async removeForeign(name: string): Promise<void> {
    await docker("rm", "-f", name);
  }

  async startOtherHome(id: InstanceId): Promise<void> {
    const name = containerName(id);
    const label = `${LABEL.home}=/another/home`;
    this.#foreign.add(name);
    await docker(
      "run",
      "-d",
      "--init",
      "--label",
      label,
      "--name",
      name,
      STUB_IMAGE,
      "sleep",
      "600",
    );
  }

  listen(port: number): Promise<AsyncDisposable> {
    return listenOn(port);
  }

  async addNetwork(name: string, subnet: string): Promise<AsyncDisposable> {
    await docker("network", "create", ...TEST_LABEL, "--subnet", subnet, name);
    return { [Symbol.asyncDispose]: async () => void (await docker("network", "rm", name)) };
  }

  async subnetOf(id: InstanceId): Promise<string | null> {
    const format = "{{range .IPAM.Config}}{{.Subnet}}{{end}}";
    const listed = await docker("network", "ls", "-q", "--filter", `name=^${containerName(id)}$`);
    return listed === "" ? null : docker("network", "inspect", listed, "--format", format);
  }

  async exists(name: string): Promise<boolean> {
    return (await docker("ps", "-aq", "--filter", `name=^/${name}$`)) !== "";
  }

  async killOutside(id: InstanceId): Promise<void> {
    await docker("kill", containerName(id));
  }

  async removeOutside(id: InstanceId): Promise<void> {
    await docker("rm", "-f", containerName(id));
  }

  async write(id: InstanceId, stream: LogLine["stream"], text: string): Promise<void> {
    const target = `/proc/1/fd/${stream === "stdout" ? 1 : 2}`;
    const script = 'printf "%s\\n" "$1" >"$2"';
    await docker("exec", containerName(id), "sh", "-c", script, "sh", text, target);
  }

  /** Docker accepts connections, and stays silent. */
  freeze(): void {
    this.#proxy.freeze();
  }

  get openConnections(): number {
    return this.#proxy.size;
  }

  cut(): Promise<void> {
    return this.#proxy.close();
  }

  mend(): Promise<void> {
    return this.#proxy.open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine[Symbol.asyncDispose]();
    await this.#proxy.close();
    const label = `label=${LABEL.home}=${this.home}`;
    const containers = words(await docker("ps", "-aq", "--filter", label));
    await Promise.allSettled(
      [...this.#foreign, ...containers].map((each) => docker("rm", "-f", each)),
    );
    const networks = words(await docker("network", "ls", "-q", "--filter", label));
    for (const network of networks) await docker("network", "rm", network);
    await rm(this.home, { recursive: true, force: true });
  }
}

async function runSleeper(name: string, options: readonly string[]): Promise<void> {
  const image = [STUB_IMAGE, "sleep", "600"];
  await docker("run", "-d", "--init", "--name", name, ...TEST_LABEL, ...options, ...image);
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
