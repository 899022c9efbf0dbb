import { DomainError } from "@claw/core/errors";

/** The machine, the clock and randomness: every nondeterministic input of the panel. */
export interface Host {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; keeps no process alive. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** `bytes` random bytes in hexadecimal, strong enough for a secret. */
  randomHex(bytes: number): string;
  /** Names the program that listens at a loopback `address`; null when that cannot be told. */
  listenerAt(address: string, port: number): Promise<string | null>;
  /** `uid:gid` with which containers share files with the panel; null: the image's user. */
  readonly containerUser: string | null;
  /** Logical processors, the 1-minute load average (0 on Windows) and memory in bytes. */
  load(): { cpus: number; loadAverage: number; memoryTotal: number; memoryFree: number };
  /**
   * Runs one of the panel's own programs and hands out its output line by line. Rejects when it
   * cannot be run, when `signal` aborts, before or during the run, and with COMMAND_FAILED when it
   * runs longer than `withinMs`, which ends it.
   */
  run(command: readonly string[], options: RunOptions): Promise<{ exitCode: number }>;
  /** How to build an image here without a registry, or null when impossible. */
  readonly imageBuildScript: readonly string[] | null;
}

export interface RunOptions {
  signal: AbortSignal;
  withinMs: number;
  onLine: (line: string) => void;
}

/** The rejection of `run` when a program exceeds its time. */
export function ranTooLong([program = ""]: readonly string[], withinMs: number): DomainError {
  return new DomainError(
    "COMMAND_FAILED",
    `${program} did not end within ${withinMs / 1000} seconds and was stopped. Look for what keeps this machine busy or its network slow, and try again.`,
  );
}

/** `now` in the format of the API and the store. */
export function timestamp(host: Pick<Host, "now">): string {
  return new Date(host.now()).toISOString();
}
