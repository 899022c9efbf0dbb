import { type Condition, type ConditionFacts, deriveConditions } from "@claw/core/conditions";
import { messageOf } from "@claw/core/errors";
import type { Host } from "../../host/host.ts";
import type { Log } from "../../log.ts";
import { createChangeFeed } from "./change-feed.ts";

/** Interval for facts without change events: disk, memory, images, the clock. */
export const CONDITIONS_LOOK_MS = 15_000;

/** Facts that are in memory at any time. */
export type FactsAtHand = Pick<
  ConditionFacts,
  "now" | "engineFault" | "instances" | "composeFault" | "orphans"
>;
/** Facts that are read from store, disk and engine. */
export type FactsToRead = Omit<ConditionFacts, keyof FactsAtHand>;

export interface ConditionState {
  facts: ConditionFacts;
  conditions: readonly Condition[];
}

/** Holds the current conditions and since when each has lasted. */
export interface Conditions extends AsyncDisposable {
  /** Facts in memory have changed. */
  notify(): void;
  /** Other facts may have changed. Without watchers, the next interval picks them up. */
  notifyRead(): void;
  /** Reads all facts first. */
  read(): Promise<ConditionState>;
  /** Like `read`, then the latest state after every possible change. */
  watch(signal: AbortSignal): AsyncIterable<ConditionState>;
}

export interface ConditionsOptions {
  host: Pick<Host, "sleep">;
  log: Log;
  atHand: () => FactsAtHand;
  toRead: () => Promise<FactsToRead>;
}

export function createConditions({ host, log, atHand, toRead }: ConditionsOptions): Conditions {
  const ended = new AbortController();
  const feed = createChangeFeed<string>();
  let known: FactsToRead | null = null;
  let conditions: readonly Condition[] = [];
  let looking: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let watchers = 0;

  function derive(read: FactsToRead): ConditionState {
    const facts = { ...read, ...atHand() };
    conditions = deriveConditions(facts, conditions);
    return { facts, conditions };
  }

  async function look(): Promise<void> {
    known = await toRead();
    derive(known);
    feed.notify(null);
  }

  /** A read that begins now or later; calls during a read share the next one. */
  function fresh(): Promise<void> {
    if (!looking) {
      looking = look().finally(() => {
        looking = null;
      });
      return looking;
    }
    next ??= Promise.allSettled([looking]).then(() => {
      next = null;
      return fresh();
    });
    return next;
  }

  const inBackground = () =>
    fresh().catch((error: unknown) => {
      if (!ended.signal.aborted)
        log.warn(`reading the facts for conditions failed: ${messageOf(error)}`);
    });

  async function work(): Promise<void> {
    while (!ended.signal.aborted) {
      await host.sleep(CONDITIONS_LOOK_MS, ended.signal);
      if (!ended.signal.aborted) await inBackground();
    }
  }
  const working = work();

  async function read(): Promise<ConditionState> {
    await fresh();
    if (known) return derive(known);
    throw new Error("a read that succeeded has set no facts");
  }

  return {
    notify() {
      if (known === null) return;
      derive(known);
      feed.notify(null);
    },
    notifyRead() {
      if (watchers > 0 && !ended.signal.aborted) void inBackground();
    },
    read,
    async *watch(signal) {
      const changes = feed.subscribe(signal);
      watchers += 1;
      try {
        yield await read();
        for await (const _ of changes) if (known) yield derive(known);
      } finally {
        watchers -= 1;
      }
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      await working;
      while (looking) await Promise.allSettled([looking, next]);
    },
  };
}
