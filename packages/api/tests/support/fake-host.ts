import { randomBytes } from "node:crypto";
import type { Host, RunOptions } from "../../src/host/host.ts";

/** A machine whose clock, ports and programs a test decides. */
export class FakeHost implements Host {
  /** Ports on which something listens that is no container. */
  readonly busyPorts = new Set<number>();
  /** Ports that were asked about, in order. */
  readonly askedPorts: number[] = [];
  /** Commands that were run. */
  readonly commands: (readonly string[])[] = [];
  containerUser: string | null = null;
  imageBuildScript: readonly string[] | null = null;
  /** What a program does. */
  program: (command: readonly string[], options: RunOptions) => Promise<{ exitCode: number }> =
    async () => ({ exitCode: 127 });
  #aheadMs = 0;

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  advance(ms: number): void {
    this.#aheadMs += ms;
  }

  randomHex(bytes: number): string {
    return randomBytes(bytes).toString("hex");
  }

  async isPortFree(_address: string, port: number): Promise<boolean> {
    this.askedPorts.push(port);
    return !this.busyPorts.has(port);
  }

  load() {
    return { cpus: 4, loadAverage: 0.5, memoryTotal: 8_000_000_000, memoryFree: 2_000_000_000 };
  }

  run(command: readonly string[], options: RunOptions): Promise<{ exitCode: number }> {
    this.commands.push(command);
    return this.program(command, options);
  }
}
