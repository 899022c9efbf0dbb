import type { HostRoute } from "@claw/core/subnet-allocation";

interface Neighbour {
  port: number | null;
  running: boolean;
}

/** The machine of an engine in memory, with what other programs have on it. */
export class MemoryMachine {
  /** Ports on which something other than a container listens. */
  readonly busyPorts = new Set<number>();
  /** Ports that were tested, in order. */
  readonly askedPorts: number[] = [];
  readonly routes: HostRoute[] = [];
  /** Networks of other programs: name → CIDR. */
  readonly networks = new Map<string, string>();
  readonly #neighbours = new Map<string, Neighbour>();
  readonly #isReallyFree: (port: number) => Promise<boolean>;

  /** `isReallyFree` tests a port for listeners of the machine on which this process runs. */
  constructor(isReallyFree: (port: number) => Promise<boolean> = async () => true) {
    this.#isReallyFree = isReallyFree;
  }

  /** A container of another program. */
  add(name: string, port: number | null, running: boolean): void {
    this.#neighbours.set(name, { port, running });
  }

  remove(name: string): void {
    this.#neighbours.delete(name);
  }

  has(name: string): boolean {
    return this.#neighbours.has(name);
  }

  /** All containers and networks, with the engine's own. */
  survey(
    ports: Iterable<readonly [number, string]>,
    networks: Iterable<readonly [string, string]>,
  ) {
    const others = [...this.#neighbours].flatMap(([name, { port }]) =>
      port === null ? [] : [[port, name] as const],
    );
    return {
      /** Published port → name of its container, running or not. */
      ports: new Map([...ports, ...others]),
      foreign: new Set(this.#neighbours.keys()),
      networks: new Map([...networks, ...this.networks]),
    };
  }

  /** True when nobody listens; neither does a container that does not run. */
  isPortFree = async (port: number): Promise<boolean> => {
    this.askedPorts.push(port);
    return !this.listensOn(port) && (await this.#isReallyFree(port));
  };

  listensOn(port: number): boolean {
    const running = [...this.#neighbours.values()].some(
      (each) => each.running && each.port === port,
    );
    return running || this.busyPorts.has(port);
  }
}
