import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { parseComposeProject } from "@claw/core/compose/project";
import { COMPOSE_TEMPLATE, renderCompose } from "@claw/core/compose/render";
import { workloadOf } from "@claw/core/compose/workload";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AddressRanges } from "@claw/core/subnet-allocation";
import type { Workload } from "@claw/core/workload";
import type { ContainerEngine } from "../../src/engine/engine.ts";

const TEMPLATE = path.join(import.meta.dirname, "../../../../templates", COMPOSE_TEMPLATE);
/** Apart from the default ones, so that tests do not meet a panel in use. */
export const ENGINE_RANGES: AddressRanges = {
  basePort: 26_000,
  publishHost: "127.0.0.1",
  subnetPool: "10.216.0.0/16",
};

/** Workloads of one home folder, for engine tests. */
export class ProjectMaker {
  readonly home: string;
  readonly #image: string;
  readonly #engine: ContainerEngine;
  readonly #specs = new Map<InstanceId, InstanceSpec>();

  constructor(options: { home: string; image: string; engine: ContainerEngine }) {
    this.home = options.home;
    this.#image = options.image;
    this.#engine = options.engine;
  }

  /** The text of a compose file with the one instance `id`. Its port and subnet stay the same. */
  async render(id: InstanceId, patch: Partial<InstanceSpec> = {}): Promise<string> {
    const spec = { ...(await this.#specOf(id)), ...patch };
    const template = await readFile(TEMPLATE, "utf8");
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    return renderCompose({ home: this.home, template, specs: [spec], sha256 });
  }

  async workload(id: InstanceId, patch: Partial<InstanceSpec> = {}): Promise<Workload> {
    return workloadOf(parseComposeProject(await this.render(id, patch), this.home), id);
  }

  async writeConfig(id: InstanceId, text: string): Promise<void> {
    const folder = path.join(this.home, "instances", id);
    await mkdir(path.join(folder, "data"), { recursive: true });
    await mkdir(path.join(folder, "logs"), { recursive: true });
    await writeFile(path.join(folder, "data/openclaw.json"), text);
  }

  async #specOf(id: InstanceId): Promise<InstanceSpec> {
    const known = this.#specs.get(id);
    if (known) return known;
    const others = [...this.#specs.values()];
    const spec: InstanceSpec = {
      uid: "",
      id,
      name: id,
      label: id,
      ingress: null,
      ingressFault: null,
      port: await this.#engine.addresses.allocatePort(others.map(({ port }) => port)),
      subnet: await this.#engine.addresses.allocateSubnet(others.map(({ subnet }) => subnet)),
      image: this.#image,
      publishHost: "127.0.0.1",
      timezone: "Asia/Shanghai",
      user: null,
      owner: null,
      ownership: "",
      group: null,
      tags: [],
      webhookPaths: [],
      template: null,
      desired: "running",
      phase: "ready",
      createdAt: "2026-01-01T00:00:00.000Z",
      updatedAt: "2026-01-01T00:00:00.000Z",
    };
    this.#specs.set(id, spec);
    return spec;
  }
}

/** Listens on a port of the loopback address, as another program does. */
export async function listenOn(port: number): Promise<AsyncDisposable> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}
