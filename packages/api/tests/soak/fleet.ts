import { readFile } from "node:fs/promises";
import type { Instance } from "@claw/core/instance";
import { LABEL } from "@claw/core/naming";
import { expect } from "vitest";
import { docker } from "../support/docker.ts";
import type { DockerHome } from "../support/docker-home.ts";
import { PanelProcess } from "../support/panel-process.ts";

/** A panel that may be killed and started again, and what Docker itself says of its instances. */
export class Fleet implements AsyncDisposable {
  readonly #place: DockerHome;
  readonly #env: Record<string, string>;
  panel: PanelProcess;
  /** Not from when it is ended until the next one answers. */
  isUp = true;
  /** `performance.now()` of the panel's last start. */
  startedAt = performance.now();

  private constructor(place: DockerHome, env: Record<string, string>, panel: PanelProcess) {
    this.#place = place;
    this.#env = env;
    this.panel = panel;
  }

  static async open(place: DockerHome, env: Record<string, string>): Promise<Fleet> {
    return new Fleet(place, env, await PanelProcess.start(env));
  }

  /** As a crash ends it, or as it is asked to end. */
  async restart(how: "killed" | "ended"): Promise<void> {
    this.isUp = false;
    if (how === "killed") await this.panel.kill();
    else expect(await this.panel.end("SIGTERM"), "the exit code of the panel").toBe(0);
    this.panel = await PanelProcess.start(this.#env);
    this.isUp = true;
    this.startedAt = performance.now();
  }

  async create(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, (_, index) => `soak-${index}`);
    for (const id of ids) await this.panel.client.instances.create.mutate({ id, name: id });
    return ids;
  }

  list(): Promise<Instance[]> {
    return this.panel.client.instances.list.query();
  }

  /** Ids whose container runs, asked of Docker and not of the panel. */
  async running(): Promise<ReadonlySet<string>> {
    const filter = ["--filter", `label=${LABEL.home}=${this.#place.home}`];
    const format = ["--format", `{{.Label "${LABEL.instance}"}}`];
    const text = await docker("ps", ...filter, "--filter", "status=running", ...format);
    return new Set(text.split(/\s+/).filter(Boolean));
  }

  /** Resident memory of the panel in MB. */
  async memory(): Promise<number> {
    const status = await readFile(`/proc/${this.panel.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_000;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.panel.end("SIGTERM");
  }
}
