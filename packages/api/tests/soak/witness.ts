import { setTimeout as delay } from "node:timers/promises";
import type { FaultyDocker } from "./faulty-docker.ts";
import type { Fleet } from "./fleet.ts";

/** How long the panel may be behind: it is told of a change, or asks again. */
const BEHIND_MS = 6_000;
const LOOK_EVERY_MS = 1_000;
const MEMORY_EVERY_MS = 5_000;
/** Until then a panel grows into its work. */
const WARM_MINUTES = 3;

/** Looks at panel and Docker all the time, and writes down where the panel says that something runs that does not. */
export class Witness {
  readonly lies: string[] = [];
  /** MB with the minutes since the panel's start. */
  memory: { minutes: number; megabytes: number }[] = [];
  readonly #fleet: Fleet;
  readonly #docker: FaultyDocker;
  readonly #wrongSince = new Map<string, number>();
  #measuredAt = 0;

  constructor(fleet: Fleet, faulty: FaultyDocker) {
    this.#fleet = fleet;
    this.#docker = faulty;
  }

  async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { panel } = this.#fleet;
      try {
        await this.#look();
      } catch (error) {
        this.#wrongSince.clear();
        // The panel ends under the look, or the next one is not there yet, which tells nothing.
        const isSame = this.#fleet.isUp && panel === this.#fleet.panel;
        if (isSame && !signal.aborted) throw error;
      }
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    const away = this.#docker.isAway;
    const runs = await this.#fleet.running();
    const now = performance.now();
    for (const { id, status } of await this.#fleet.list()) {
      const wrong = status === "running" && (away || !runs.has(id));
      if (!wrong) this.#wrongSince.delete(id);
      else if (!this.#wrongSince.has(id)) this.#wrongSince.set(id, now);
      else if (now - (this.#wrongSince.get(id) ?? now) > BEHIND_MS) {
        this.lies.push(`${id} is said to run${away ? " while Docker is away" : ""}`);
        this.#wrongSince.delete(id);
      }
    }
    if (now - this.#measuredAt < MEMORY_EVERY_MS) return;
    this.#measuredAt = now;
    const minutes = (now - this.#fleet.startedAt) / 60_000;
    this.memory.push({ minutes, megabytes: await this.#fleet.memory() });
  }

  /** The panel was started again: memory begins anew. */
  forgetMemory(): void {
    this.memory = [];
  }

  /** Median of the first and the last fifth, in MB, of the panel's last life after its first minutes, or its first half. */
  growth(): { before: number; after: number; minutes: number } {
    const lived = this.memory.at(-1)?.minutes ?? 0;
    const warm = this.memory.filter(({ minutes }) => minutes >= Math.min(WARM_MINUTES, lived / 2));
    const fifth = Math.max(1, Math.floor(warm.length / 5));
    const median = (all: typeof warm) =>
      all.map(({ megabytes }) => megabytes).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
    return {
      before: median(warm.slice(0, fifth)),
      after: median(warm.slice(-fifth)),
      minutes: lived - (warm[0]?.minutes ?? 0),
    };
  }
}
