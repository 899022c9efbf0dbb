import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { containerName, LABEL } from "@claw/core/naming";
import type { ObservedContainer } from "@claw/core/status";
import { type AddressRanges, allocateSubnet, DEFAULT_RANGES } from "@claw/core/subnet-allocation";
import type { Workload } from "@claw/core/workload";
import { lowestFreePort, usersOf } from "../allocation.ts";
import type { Capabilities, ContainerEngine, Endpoint, EngineEvent, LogQuery } from "../engine.ts";
import type { EngineAddresses } from "../engine-addresses.ts";
import type { EngineImages } from "../engine-images.ts";
import { MemoryContainer, type Timing } from "./memory-container.ts";
import { MemoryEvents } from "./memory-events.ts";
import { memoryExec, memoryRun } from "./memory-exec.ts";
import { type MemoryImageOptions, MemoryImages } from "./memory-images.ts";
import { MemoryMachine } from "./memory-machine.ts";
import { memoryStats } from "./memory-stats.ts";

export interface MemoryEngineOptions extends Partial<Timing>, MemoryImageOptions {
  home: string;
  ranges?: AddressRanges;
  /** Tests a port for listeners of the real machine; without it, the engine's has none. */
  isPortFree?: (port: number) => Promise<boolean>;
  /** The schema of configurations that its images print; without it, they have no such command. */
  configSchema?: object;
  /** The providers that its images list (`provider-listing.ts`); without it, they have no Node. */
  providers?: object;
  /** Where it differs from a Docker Engine. */
  capabilities?: Partial<Capabilities>;
}

/**
 * An engine whose containers exist only in this process: for tests and for work on the page without
 * Docker. As strict as the Docker driver; the methods below the interface simulate events outside
 * the panel.
 */
export class MemoryEngine implements ContainerEngine {
  readonly kind = "memory";
  readonly capabilities: Capabilities;
  readonly clock = { now: () => Date.now() };
  /** Other programs on the engine's machine. */
  readonly machine: MemoryMachine;
  readonly images: EngineImages = {
    find: async (ref) => {
      this.#check();
      return this.#stored.find(ref);
    },
    pull: async (ref, options) => {
      this.#check();
      this.#stored.pull(ref, options);
    },
  };
  readonly addresses: EngineAddresses = {
    allocatePort: async (taken) => {
      this.#check();
      const used = [...taken, ...this.survey().ports.keys()];
      return lowestFreePort(this.#ranges.basePort, used, this.machine.isPortFree);
    },
    allocateSubnet: async (taken) => {
      this.#check();
      const used = [...taken, ...this.survey().networks.values()];
      return allocateSubnet(this.#ranges.subnetPool, used, this.machine.routes);
    },
    portsInUse: async (ports) => {
      this.#check();
      return usersOf(ports, this.survey().ports, this.machine.isPortFree);
    },
  };
  readonly #home: string;
  readonly #ranges: AddressRanges;
  readonly #timing: Timing;
  readonly #stored: MemoryImages;
  readonly #prints: Pick<MemoryEngineOptions, "configSchema" | "providers">;
  readonly #containers = new Map<InstanceId, MemoryContainer>();
  readonly #subnets = new Map<InstanceId, string>();
  readonly #events = new MemoryEvents();
  readonly #hanging = new Set<InstanceId>();
  #reachable = true;

  constructor(options: MemoryEngineOptions) {
    this.machine = new MemoryMachine(options.isPortFree);
    this.#home = options.home;
    this.#ranges = options.ranges ?? DEFAULT_RANGES;
    const usual = { exec: true, oneOff: true, stats: true, bridgePeer: true };
    this.capabilities = { ...usual, nodes: false, volumes: false, ...options.capabilities };
    this.#prints = options;
    this.#stored = new MemoryImages(options);
    const { startDelayMs = 1_000, heartbeatMs = 5_000, restartDelayMs = 100 } = options;
    this.#timing = { startDelayMs, heartbeatMs, restartDelayMs };
  }

  async version(): Promise<string> {
    this.#check();
    return "memory";
  }

  async deploy(workload: Workload): Promise<{ changed: boolean }> {
    this.#check();
    const { id, labels } = workload;
    if (labels[LABEL.home] !== this.#home)
      throw new DomainError("TEMPLATE_INVALID", "The compose file is labelled for another home.");
    if (this.machine.has(containerName(id)))
      throw new DomainError(
        "CONTAINER_CLASH",
        `A container named ${containerName(id)} exists that this panel did not make. Rename or remove it, or choose another id.`,
      );
    const existing = this.#containers.get(id);
    const isSame = existing?.specHash === labels[LABEL.specHash];
    if (existing && (existing.isUp || isSame)) return { changed: false };
    const image = this.#stored.get(workload.image);
    const subnet = workload.network?.subnet ?? null;
    const taken = [...this.survey().networks].filter(([name]) => name !== containerName(id));
    if (taken.some(([, each]) => each === subnet))
      throw new DomainError("SUBNETS_EXHAUSTED", `The network ${subnet} is in use on this host.`);
    existing?.dispose();
    if (subnet === null) this.#subnets.delete(id);
    else this.#subnets.set(id, subnet);
    const container = new MemoryContainer({
      workload,
      home: this.#home,
      imageId: image.id,
      timing: this.#timing,
      onChange: (exitCode) => this.#events.changed(id, exitCode),
    });
    this.#containers.set(id, container);
    this.#events.changed(id);
    return { changed: true };
  }

  async start(id: InstanceId): Promise<void> {
    this.#check();
    const container = this.#container(id);
    if (container.isUp) return;
    for (const { port } of container.workload.published)
      if (this.#isPortInUse(port))
        throw new DomainError("PORT_TAKEN", `Port ${port} is in use on this host.`);
    container.start();
  }

  async endpoint(id: InstanceId): Promise<Endpoint | null> {
    this.#check();
    return this.#containers.get(id)?.endpoint() ?? null;
  }

  async stop(id: InstanceId): Promise<void> {
    this.#check();
    this.#containers.get(id)?.stop();
  }

  async remove(id: InstanceId): Promise<void> {
    this.#check();
    const container = this.#containers.get(id);
    if (container?.isUp)
      throw new DomainError("ENGINE_FAILED", `The container of ${id} runs. Stop it first.`);
    container?.dispose();
    this.#containers.delete(id);
    this.#subnets.delete(id);
    this.#events.changed(id);
  }

  async list(id?: InstanceId): Promise<ReadonlyMap<InstanceId, ObservedContainer>> {
    this.#check();
    const wanted = [...this.#containers].filter(([other]) => id === undefined || other === id);
    return new Map(
      wanted.map(([other, container]) => {
        const observed = container.observe();
        return [other, this.#hanging.has(other) ? { ...observed, state: "unknown" } : observed];
      }),
    );
  }

  events(signal: AbortSignal): AsyncIterable<EngineEvent> {
    return this.#events.read(signal, () => this.#check());
  }

  async *logs(id: InstanceId, query: LogQuery) {
    if (query.signal.aborted) return;
    this.#check();
    yield* this.#container(id).log.read(query);
  }

  async *stats(id: InstanceId, signal: AbortSignal) {
    this.#check();
    this.#require("stats");
    yield* memoryStats(this.#container(id), signal);
  }

  async exec(id: InstanceId, argv: readonly string[]) {
    this.#check();
    this.#require("exec");
    const container = this.#container(id);
    if (!container.isUp)
      throw new DomainError("INSTANCE_NOT_RUNNING", `The container of ${id} does not run.`);
    return memoryExec(argv, (file) => container.sees(file));
  }

  async runOnce(...[image, argv, options]: Parameters<ContainerEngine["runOnce"]>) {
    this.#check();
    this.#require("oneOff");
    this.#stored.get(image);
    return memoryRun(argv, options, this.#prints);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const container of this.#containers.values()) container.dispose();
  }

  /** From outside: all containers and networks, as lists of the engine show them. */
  survey() {
    const own = [...this.#containers].flatMap(([id, { workload }]) =>
      workload.published.map(({ port }) => [port, containerName(id)] as const),
    );
    const networks = [...this.#subnets].map(([id, subnet]) => [containerName(id), subnet] as const);
    return this.machine.survey(own, networks);
  }

  /** From outside: the engine's process stops, or returns with all containers unchanged. */
  setReachable(reachable: boolean): void {
    this.#reachable = reachable;
    if (reachable) return;
    this.#events.interrupt();
    for (const container of this.#containers.values()) container.log.interrupt(this.#unreachable());
  }

  /** From outside: the event stream breaks, and reopens because the engine answers. */
  reopenEvents(): void {
    this.#events.reopen();
  }

  /** From outside: a foreign container. */
  addForeign(name: string, port: number | null = null, running = true): void {
    this.machine.add(name, port, running);
  }

  /** From outside: the reference names another image from now on. */
  moveTag(ref: string): void {
    this.#stored.moveTag(ref);
  }

  removeForeign(name: string): void {
    this.machine.remove(name);
  }

  /** From outside: an instance's process ends. `docker kill` causes no restart. */
  killOutside(id: InstanceId, exitCode: number, restart = false): void {
    const container = this.#container(id);
    if (restart) container.exit(exitCode);
    else container.stop(exitCode);
  }

  /** From outside: a gateway becomes too busy to answer, or recovers. */
  setBusy(id: InstanceId, busy: boolean): void {
    this.#container(id).answer(!busy);
    this.#events.changed(id);
  }

  /** From outside: the engine hangs on this container, or recovers. */
  setHanging(id: InstanceId, hangs: boolean): void {
    if (hangs) this.#hanging.add(id);
    else this.#hanging.delete(id);
  }

  /** From outside: a container is removed by force. */
  removeOutside(id: InstanceId): void {
    this.#container(id).stop(137);
    this.#containers.get(id)?.dispose();
    this.#containers.delete(id);
    this.#events.changed(id);
  }

  /** From inside a container: one line of its output. */
  write(id: InstanceId, stream: "stdout" | "stderr", text: string): void {
    this.#container(id).log.write(stream, text);
  }

  #container(id: InstanceId): MemoryContainer {
    const container = this.#containers.get(id);
    if (container) return container;
    throw new DomainError("INSTANCE_NOT_FOUND", `There is no container of ${id}.`);
  }

  #isPortInUse(port: number): boolean {
    const ours = [...this.#containers.values()].some(
      (other) => other.isUp && other.workload.published.some((used) => used.port === port),
    );
    return ours || this.machine.listensOn(port);
  }

  #require(capability: keyof Capabilities): void {
    if (!this.capabilities[capability])
      throw new DomainError("NOT_SUPPORTED", `This engine does not offer ${capability}.`);
  }

  #check(): void {
    if (!this.#reachable) throw this.#unreachable();
  }

  #unreachable(): DomainError {
    return new DomainError("ENGINE_UNREACHABLE", "The engine in memory was switched off.");
  }
}
