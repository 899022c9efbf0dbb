interface Neighbour {
  port: number | null;
  running: boolean;
}

/** Containers of other programs on the same engine. */
export class MemoryNeighbours {
  readonly #byName = new Map<string, Neighbour>();

  add(name: string, port: number | null, running: boolean): void {
    this.#byName.set(name, { port, running });
  }

  remove(name: string): void {
    this.#byName.delete(name);
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  names(): string[] {
    return [...this.#byName.keys()];
  }

  /** Published port → name, running or not. */
  ports(): [number, string][] {
    return [...this.#byName].flatMap(([name, { port }]) => (port === null ? [] : [[port, name]]));
  }

  listensOn(port: number): boolean {
    return [...this.#byName.values()].some((each) => each.running && each.port === port);
  }
}
