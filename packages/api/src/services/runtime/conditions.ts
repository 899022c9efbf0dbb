import type { ConditionFacts } from "@claw/core/condition-facts";
import type { Condition } from "@claw/core/conditions";
import { deriveConditions } from "@claw/core/derive-conditions";
import { messageOf } from "@claw/core/errors";
import type { Host } from "../../host/host.ts";
import type { Log } from "../../log.ts";
import { createChangeFeed } from "./change-feed.ts";
import { coalesced } from "./coalesced.ts";

/** Interval for facts without change events: disk, memory, images, the clock. */
export const CONDITIONS_LOOK_MS = 15_000;

/** Facts that are in memory at any time. */
export type FactsAtHand = Pick<
  ConditionFacts,
  "now" | "engineFault" | "instances" | "composeFault" | "uncovered" | "isDomainMissing" | "orphans"
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
  let state: ConditionState | null = null;
  let watchers = 0;

  /** Derives the state from `read` and the facts at hand. */
  function update(read: FactsToRead): ConditionState {
    const facts = { ...read, ...atHand() };
    state = { facts, conditions: deriveConditions(facts, state?.conditions ?? []) };
    feed.notify(null);
    return state;
  }

  const fresh = coalesced(async () => {
    known = await toRead();
    return update(known);
  });
  let reading: Promise<unknown> = Promise.resolve();
  function read(): Promise<ConditionState> {
    const result = fresh();
    reading = result;
    return result;
  }

  const inBackground = () =>
    read().catch((error: unknown) => {
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

  return {
    notify() {
      if (known) update(known);
    },
    notifyRead() {
      if (watchers > 0 && !ended.signal.aborted) void inBackground();
    },
    read,
    async *watch(signal) {
      const changes = feed.subscribe(signal);
      watchers += 1;
      try {
        let sent = await read();
        yield sent;
        for await (const _ of changes) {
          if (state === null || state === sent) continue;
          sent = state;
          yield sent;
        }
      } finally {
        watchers -= 1;
      }
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      await working;
      await Promise.allSettled([reading]);
    },
  };
}
