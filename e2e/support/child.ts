import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { pinnedNode, ROOT } from "./places.ts";

/** Running children: a worker that ends early takes them with it. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export interface ChildOptions {
  env?: NodeJS.ProcessEnv;
  /** A channel for messages to and from the child. */
  ipc?: boolean;
}

/** A script run by the pinned Node. Its output is kept, for the message of whatever goes wrong. */
export class Child {
  readonly process: ChildProcess;
  #output = "";
  readonly #waiting = new Set<() => void>();
  readonly #ended: Promise<void>;

  constructor(argv: readonly string[], options: ChildOptions = {}) {
    this.process = spawn(pinnedNode(), argv, {
      cwd: ROOT,
      env: { ...cleanEnv(), ...options.env },
      stdio: ["ignore", "pipe", "pipe", ...(options.ipc ? (["ipc"] as const) : [])],
      windowsHide: true,
    });
    running.add(this.process);
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        this.#output += chunk;
        for (const look of this.#waiting) look();
      });
    }
    this.#ended = once(this.process, "close").then(() => {
      running.delete(this.process);
      for (const look of this.#waiting) look();
    });
  }

  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return !running.has(this.process);
  }

  /** The first match of `pattern` in what the child has printed; rejects when it ends without one. */
  printed(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(this.#output);
        if (!match && !this.hasEnded) return;
        this.#waiting.delete(look);
        if (match) resolve(match);
        else reject(new Error(`The child ended without printing ${pattern}:\n${this.#output}`));
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** The exit code, when it has ended by itself. */
  async exitCode(): Promise<number | null> {
    await this.#ended;
    return this.process.exitCode;
  }

  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (!this.hasEnded) this.process.kill(signal);
    await this.#ended;
  }
}

/** Settings of a panel on this machine must not reach the one under test. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(CLAW_|VITEST|NODE_OPTIONS|NODE_ENV)/.test(name),
    ),
  );
}
