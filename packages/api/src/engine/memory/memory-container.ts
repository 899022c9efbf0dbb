import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ComposeService } from "@claw/core/compose/project";
import { messageOf } from "@claw/core/errors";
import { parseJson5Object } from "@claw/core/json5-edit";
import type { ObservedContainer } from "@claw/core/status";
import { MemoryLog } from "./memory-log.ts";

export interface Timing {
  /** From the start of the process to a healthy gateway. */
  startDelayMs: number;
  /** Between two lines of a running gateway. */
  heartbeatMs: number;
  /** Docker's first pause before an automatic restart; doubles with each. */
  restartDelayMs: number;
}

/** One container and the process in it, which behaves as the gateway does with its config. */
export class MemoryContainer {
  readonly containerId: string;
  readonly service: ComposeService;
  readonly image: string;
  readonly specHash: string;
  readonly log = new MemoryLog();
  readonly #timing: Timing;
  readonly #onChange: (exitCode?: number) => void;
  #state: ObservedContainer["state"] = "created";
  #health: ObservedContainer["health"] = "starting";
  #restarts = 0;
  #exitCode = 0;
  #startedAt: string | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    containerId: string;
    service: ComposeService;
    image: string;
    specHash: string;
    timing: Timing;
    onChange: (exitCode?: number) => void;
  }) {
    this.containerId = options.containerId;
    this.service = options.service;
    this.image = options.image;
    this.specHash = options.specHash;
    this.#timing = options.timing;
    this.#onChange = options.onChange;
  }

  observe(): ObservedContainer {
    return {
      containerId: this.containerId,
      specHash: this.specHash,
      image: this.image,
      state: this.#state,
      health: this.#health,
      restartCount: this.#restarts,
      exitCode: this.#exitCode,
      outOfMemory: false,
      startedAt: this.isUp ? this.#startedAt : null,
    };
  }

  get isUp(): boolean {
    return this.#state === "running" || this.#state === "restarting";
  }

  start(): void {
    if (this.isUp) return;
    this.#restarts = 0;
    this.#run();
  }

  /** Ends the process as `docker stop` does: it is not started again. */
  stop(exitCode = 0): void {
    if (!this.isUp) return;
    this.log.write("stdout", "[gateway] received SIGTERM; shutting down");
    this.#end(exitCode, false);
  }

  /** Ends the process by itself or from outside: the restart policy starts it again. */
  exit(exitCode: number): void {
    if (this.#state === "running") this.#end(exitCode, this.service.restart !== "no");
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.log.setRunning(false);
  }

  #run(): void {
    this.#state = "running";
    this.#health = "starting";
    this.#startedAt = new Date().toISOString();
    this.log.setRunning(true);
    this.log.write("stdout", "[gateway] loading configuration…");
    this.#onChange();
    void this.#boot();
  }

  async #boot(): Promise<void> {
    const problem = await this.#configProblem();
    if (this.#state !== "running") return;
    if (problem !== null) {
      this.log.write("stderr", problem);
      this.exit(problem.includes("STUB_CRASH") ? 1 : 78);
      return;
    }
    this.#timer = setTimeout(() => {
      this.#health = "healthy";
      this.log.write("stdout", "[gateway] ready");
      this.#onChange();
      this.#beat(1);
    }, this.#timing.startDelayMs);
  }

  #beat(count: number): void {
    this.#timer = setTimeout(() => {
      this.log.write("stdout", `[gateway] heartbeat ${count}`);
      this.#beat(count + 1);
    }, this.#timing.heartbeatMs);
  }

  /** What the gateway would refuse its configuration for, or null. */
  async #configProblem(): Promise<string | null> {
    const mount = this.service.volumes.find((volume) => volume.target === "/home/node/.openclaw");
    if (!mount) return "Missing config. Run `openclaw setup` or set gateway.mode=local.";
    try {
      const text = await readFile(path.join(mount.source, "openclaw.json"), "utf8");
      parseJson5Object(text);
      if (text.includes("STUB_INVALID")) return "Gateway failed to start: Invalid config";
      return text.includes("STUB_CRASH") ? "Gateway failed: STUB_CRASH" : null;
    } catch (error) {
      return `Gateway failed to start: ${messageOf(error)}`;
    }
  }

  #end(exitCode: number, restart: boolean): void {
    clearTimeout(this.#timer);
    this.#exitCode = exitCode;
    this.log.setRunning(false);
    this.#health = "unhealthy";
    this.#state = restart ? "restarting" : "exited";
    this.#onChange(exitCode);
    if (!restart) return;
    const pause = Math.min(this.#timing.restartDelayMs * 2 ** this.#restarts, 60_000);
    this.#timer = setTimeout(() => {
      this.#restarts += 1;
      this.#run();
    }, pause);
  }
}
