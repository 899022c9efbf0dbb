import { randomBytes } from "node:crypto";
import { type Host, type RunOptions, ranTooLong } from "../../src/host/host.ts";

/** A machine whose clock and programs a test controls. */
export class FakeHost implements Host {
  /** Commands that were run. */
  readonly commands: (readonly string[])[] = [];
  containerUser: string | null = null;
  imageBuildScript: readonly string[] | null = null;
  /** The behaviour of a program. */
  program: (command: readonly string[], options: RunOptions) => Promise<{ exitCode: number }> =
    async () => ({ exitCode: 127 });
  #aheadMs = 0;
  /** A monotonic clock. */
  #passedMs = 0;
  readonly #sleepers = new Map<() => void, number>();

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Moves the clock, also backwards, and wakes the sleepers that are due. */
  advance(ms: number): void {
    this.#aheadMs += ms;
    this.#passedMs += Math.max(0, ms);
    for (const [wake, at] of this.#sleepers) if (at <= this.#passedMs) wake();
  }

  /** Only `advance` wakes. */
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => {
      this.#sleepers.delete(wake);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    this.#sleepers.set(wake, this.#passedMs + ms);
    signal.addEventListener("abort", wake);
    if (signal.aborted) wake();
    return promise;
  }

  /** Number of sleepers. */
  get asleep(): number {
    return this.#sleepers.size;
  }

  randomHex(bytes: number): string {
    return randomBytes(bytes).toString("hex");
  }

  async listenerAt(): Promise<string | null> {
    return null;
  }

  load() {
    return { cpus: 4, loadAverage: 0.5, memoryTotal: 8_000_000_000, memoryFree: 2_000_000_000 };
  }

  async run(command: readonly string[], options: RunOptions): Promise<{ exitCode: number }> {
    const { signal, withinMs } = options;
    signal.throwIfAborted();
    this.commands.push(command);
    const { promise: killed, reject } = Promise.withResolvers<never>();
    const kill = () => reject(signal.reason);
    signal.addEventListener("abort", kill);
    const over = new AbortController();
    const tooLong = this.sleep(withinMs, over.signal).then(() => {
      throw ranTooLong(command, withinMs);
    });
    try {
      return await Promise.race([this.program(command, options), killed, tooLong]);
    } finally {
      tooLong.catch(() => undefined);
      over.abort();
      signal.removeEventListener("abort", kill);
    }
  }
}
