import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { hostPathOf, specHashOf } from "@claw/core/compose/workload";
import { GATEWAY_PORT } from "@claw/core/naming";
import type { ObservedContainer } from "@claw/core/status";
import type { Workload } from "@claw/core/workload";
import { folderIdentity } from "../../folder-identity.ts";
import type { Endpoint } from "../engine.ts";
import { type FolderMount, planGateway } from "./memory-gateway.ts";
import { MemoryLog } from "./memory-log.ts";

/** Interval between bursts of a gateway that prints at a rate. */
const RATE_TICK_MS = 20;
const EVERYWHERE: ReadonlySet<string> = new Set(["", "0.0.0.0", "::"]);

export interface Timing {
  /** From the start of the process to a healthy gateway. */
  startDelayMs: number;
  /** Interval between lines of a running gateway. */
  heartbeatMs: number;
  /** Docker's first pause before an automatic restart; doubles with each. */
  restartDelayMs: number;
}

/** One container with its process, which reacts to its configuration as the gateway does. */
export class MemoryContainer {
  readonly containerId = randomBytes(32).toString("hex");
  readonly workload: Workload;
  readonly imageId: string;
  readonly specHash: string;
  readonly log = new MemoryLog();
  readonly #home: string;
  readonly #timing: Timing;
  readonly #onChange: (exitCode?: number) => void;
  /** Mount point → the folder bound there at the start. */
  #bound = new Map<string, string | null>();
  #state: ObservedContainer["state"] = "created";
  #health: ObservedContainer["health"] = "starting";
  #answered = false;
  #restarts = 0;
  #exitCode = 0;
  #startedAt: string | null = null;
  /** Counts the runs, so that a run's timers end with it. */
  #run = 0;
  #timer: NodeJS.Timeout | undefined;
  #printer: NodeJS.Timeout | undefined;

  constructor(options: {
    workload: Workload;
    /** The folder that storage handles are relative to. */
    home: string;
    imageId: string;
    timing: Timing;
    onChange: (exitCode?: number) => void;
  }) {
    this.workload = options.workload;
    this.#home = options.home;
    this.imageId = options.imageId;
    this.specHash = specHashOf(options.workload);
    this.#timing = options.timing;
    this.#onChange = options.onChange;
  }

  observe(): ObservedContainer {
    return {
      containerId: this.containerId,
      specHash: this.specHash,
      image: this.workload.image,
      imageId: this.imageId,
      state: this.#state,
      health: this.#health,
      answered: this.#answered,
      restartCount: this.#restarts,
      exitCode: this.#exitCode,
      outOfMemory: false,
      startedAt: this.isUp ? this.#startedAt : null,
    };
  }

  get isUp(): boolean {
    return this.#state === "running" || this.#state === "restarting";
  }

  endpoint(): Endpoint | null {
    const gateway = this.workload.published.find((each) => each.containerPort === GATEWAY_PORT);
    if (this.#state !== "running" || !gateway) return null;
    const { address, port } = gateway;
    return { host: EVERYWHERE.has(address) ? "127.0.0.1" : address, port };
  }

  start(): void {
    if (this.isUp) return;
    this.#restarts = 0;
    this.#begin();
  }

  /** Ends the process as `docker stop` and `docker kill` do, without a restart. */
  stop(exitCode = 0): void {
    if (!this.isUp) return;
    if (exitCode === 0) this.log.write("stdout", "[gateway] received SIGTERM; shutting down");
    this.#end(exitCode, false);
  }

  /** The process ends on its own; the restart policy starts it again. */
  exit(exitCode: number): void {
    if (this.#state === "running") this.#end(exitCode, this.workload.restart !== "no");
  }

  /** The gateway answers, or is too busy to. */
  answer(inTime: boolean): void {
    if (this.#state !== "running") return;
    this.#health = inTime ? "healthy" : "unhealthy";
    this.#answered ||= inTime;
  }

  dispose(): void {
    this.#run += 1;
    clearTimeout(this.#timer);
    clearInterval(this.#printer);
    this.log.setRunning(false);
  }

  /** Whether the folder bound at the start has a file at this path inside. */
  sees(file: string): boolean {
    const mount = this.#mounts().find(({ target }) => file.startsWith(`${target}/`));
    if (!mount || folderAt(mount.source) !== this.#bound.get(mount.target)) return false;
    return existsSync(mount.source + file.slice(mount.target.length));
  }

  #mounts(): FolderMount[] {
    return this.workload.mounts.map(({ source, target }) => ({
      source: hostPathOf(this.#home, source),
      target,
    }));
  }

  #begin(): void {
    this.#bound = new Map(this.#mounts().map((each) => [each.target, folderAt(each.source)]));
    this.#run += 1;
    this.#state = "running";
    this.#health = "starting";
    this.#answered = false;
    this.#startedAt = new Date().toISOString();
    this.log.setRunning(true);
    this.log.write("stdout", "[gateway] loading configuration…");
    this.#onChange();
    void this.#boot(this.#run);
  }

  async #boot(run: number): Promise<void> {
    const plan = await planGateway(this.#mounts());
    if (run !== this.#run) return;
    if (plan.fault !== null) {
      this.log.write("stderr", plan.fault.line);
      this.exit(plan.fault.exitCode);
      return;
    }
    for (let line = 1; line <= plan.burst; line++) this.log.write("stdout", `burst ${line}`);
    if (plan.rate > 0) this.#print(plan.rate);
    this.#timer = setTimeout(() => {
      if (plan.healthy) this.answer(true);
      this.log.write("stdout", "[gateway] ready");
      this.#onChange();
      this.#beat(1);
    }, this.#timing.startDelayMs);
  }

  #print(rate: number): void {
    let printed = 0;
    const begun = performance.now();
    this.#printer = setInterval(() => {
      const due = ((performance.now() - begun) / 1000) * rate;
      while (printed < due) this.log.write("stdout", `rate ${++printed}`);
    }, RATE_TICK_MS);
  }

  #beat(count: number): void {
    this.#timer = setTimeout(() => {
      this.log.write("stdout", `[gateway] heartbeat ${count}`);
      this.#beat(count + 1);
    }, this.#timing.heartbeatMs);
  }

  #end(exitCode: number, restart: boolean): void {
    this.#run += 1;
    clearTimeout(this.#timer);
    clearInterval(this.#printer);
    this.#exitCode = exitCode;
    this.log.setRunning(false);
    this.#health = "unhealthy";
    this.#state = restart ? "restarting" : "exited";
    this.#onChange(exitCode);
    if (!restart) return;
    const pause = Math.min(this.#timing.restartDelayMs * 2 ** this.#restarts, 60_000);
    this.#timer = setTimeout(() => {
      this.#restarts += 1;
      this.#begin();
    }, pause);
  }
}

function folderAt(place: string): string | null {
  const found = statSync(place, { bigint: true, throwIfNoEntry: false });
  return found ? folderIdentity(found) : null;
}
