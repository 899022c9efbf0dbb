import type { HostRoute } from "@claw/core/subnet-allocation";

/** What the panel needs of the machine and the moment: everything that is not the same twice. */
export interface Host {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; keeps no process alive. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** `bytes` random bytes as hexadecimal text, fit for a secret. */
  randomHex(bytes: number): string;
  /** True when a listener could be opened on `address`:`port` right now. */
  isPortFree(address: string, port: number): Promise<boolean>;
  /** What this machine reaches over its own interfaces right now, a VPN's among them. */
  routes(): Promise<HostRoute[]>;
  /** `uid:gid` that containers must run as to share files with the panel; null: the image's user. */
  readonly containerUser: string | null;
  /** Logical processors, the 1-minute load average (0 on Windows) and memory in bytes. */
  load(): { cpus: number; loadAverage: number; memoryTotal: number; memoryFree: number };
  /** Runs a program of the panel's own and hands out its output line by line. */
  run(command: readonly string[], options: RunOptions): Promise<{ exitCode: number }>;
  /** How an image can be made without a registry here, or null when it cannot. */
  readonly imageBuildScript: readonly string[] | null;
}

export interface RunOptions {
  signal: AbortSignal;
  onLine: (line: string) => void;
}

/** `now` as the API and the store write it. */
export function timestamp(host: Pick<Host, "now">): string {
  return new Date(host.now()).toISOString();
}
