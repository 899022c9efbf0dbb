import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { LABEL } from "@claw/core/naming";
import type { ContainerInspectInfo } from "dockerode";
import { expect } from "vitest";
import { CuttableProxy } from "./cuttable-proxy.ts";
import { eventually } from "./deadline.ts";
import { docker } from "./docker.ts";

interface CreateEvent {
  Actor: { ID: string; Attributes: Record<string, string> };
}

/**
 * Every container that a panel creates, inspected the moment Docker reports it; but for those of
 * single programs, which may be gone by then (docker-only.docker.test.ts looks at them from inside).
 */
export class CreatedContainers implements AsyncDisposable {
  readonly #asked: string[] = [];
  readonly #oneOffs = new Set<string>();
  readonly #found: Promise<ContainerInspectInfo>[] = [];
  readonly #proxy: CuttableProxy;
  readonly #events: ChildProcess;

  private constructor(home: string, events: ChildProcess) {
    this.#events = events;
    this.#proxy = new CuttableProxy(`/tmp/claw-test-${randomUUID()}.sock`, (chunk) => {
      const requests = chunk.toString("latin1").matchAll(/^POST \S*\/containers\/create\S*/gm);
      for (const [request] of requests) this.#asked.push(nameIn(request));
    });
    if (!events.stdout) throw new Error("nobody hears of what Docker does");
    createInterface({ input: events.stdout }).on("line", (line) => {
      const { ID, Attributes } = (JSON.parse(line) as CreateEvent).Actor;
      if (Attributes[LABEL.home] !== home) return;
      if (LABEL.oneOff in Attributes) this.#oneOffs.add(Attributes.name ?? "");
      else this.#found.push(inspect(ID));
    });
  }

  /** From now on, while the panel reaches Docker by `dockerHost`. */
  static async watch(home: string): Promise<CreatedContainers> {
    const filters = ["--filter", "type=container", "--filter", "event=create"];
    const since = String(Math.floor(Date.now() / 1_000));
    const argv = ["events", "--since", since, ...filters, "--format", "{{json .}}"];
    const events = spawn("docker", argv, { stdio: ["ignore", "pipe", "inherit"] });
    await once(events, "spawn");
    const created = new CreatedContainers(home, events);
    await created.#proxy.open();
    return created;
  }

  /** Names of the containers that the panel requested from Docker, whatever their labels. */
  get asked(): string[] {
    return this.#asked.filter((name) => !this.#oneOffs.has(name));
  }

  get dockerHost(): string {
    return `unix://${this.#proxy.path}`;
  }

  /** All requested so far. */
  async inspected(): Promise<ContainerInspectInfo[]> {
    await eventually(() => expect(this.#found.length).toBeGreaterThanOrEqual(this.asked.length));
    return Promise.all(this.#found);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#events.kill("SIGKILL");
    await this.#proxy.close();
  }
}

function nameIn(request: string): string {
  const address = request.split(" ").at(1) ?? "";
  return new URL(address, "http://docker").searchParams.get("name") ?? "without a name";
}

async function inspect(id: string): Promise<ContainerInspectInfo> {
  const [info] = JSON.parse(await docker("inspect", id)) as [ContainerInspectInfo];
  return info;
}
