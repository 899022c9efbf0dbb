import { batch, createSignal, onCleanup } from "solid-js";
import type { Api, RouterOutputs } from "../api/client.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";
import { createSampleRing, type Sample, sumOf } from "./sample-ring.ts";

/** The key of all instances together; no id can equal it. */
export const TOGETHER = "*";

/** Batches the requests of rows that appear one after another. */
const ADJUST_MS = 100;
/** Users who scroll or change the page often return at once. */
const LINGER_MS = 5000;
/** Over a longer gap, a difference is not a current rate. */
const LONGEST_STEP_MS = 10_000;
/** Samples arrive every two seconds; after five missing ones the last is outdated. */
const CURRENT_MS = 10_000;
/** The panel's maximum list length; above it, all are requested. */
const MOST_IDS = 500;

type Use = AsyncIterableItem<RouterOutputs["instances"]["stats"]>[number];
type AsyncIterableItem<Items> = Items extends AsyncIterable<infer Item> ? Item : never;

/**
 * Usage of instances, every two seconds: one subscription for all views, open only while one of
 * them needs it and the page is visible. Samples are kept for the page's life.
 */
export function createStatsFeed(api: Api) {
  const histories = new Map<string, ReturnType<typeof createHistory>>();
  const holders = new Map<string, number>();
  let open: { key: string; close: () => void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let disposed = false;

  const historyOf = (id: string) => {
    const known = histories.get(id) ?? createHistory();
    histories.set(id, known);
    return known;
  };

  const take = (uses: readonly Use[], all: boolean) =>
    batch(() => {
      const at = Date.now();
      const samples = uses.map((use) => historyOf(use.id).take(use, at));
      if (all) historyOf(TOGETHER).push(sumOf(samples, at));
      const told = new Set([...uses.map(({ id }) => id), ...(all ? [TOGETHER] : [])]);
      for (const [id, history] of histories) if (!told.has(id)) history.miss();
      clearTimeout(silence);
      silence = setTimeout(fallSilent, CURRENT_MS);
    });
  /** Marks the last samples as outdated. */
  const fallSilent = () =>
    batch(() => {
      for (const history of histories.values()) history.miss();
    });

  const subscribe = (ids: readonly string[] | null) =>
    keepSubscribed((handlers) =>
      api.trpc.instances.stats.subscribe(ids ? { ids: [...ids] } : undefined, {
        ...handlers,
        onData: (uses) => take(uses, ids === null),
      }),
    );

  const adjust = () => {
    timer = undefined;
    const all = holders.has(TOGETHER) || holders.size > MOST_IDS;
    const ids = all ? null : [...holders.keys()].sort();
    const key =
      disposed || document.hidden || holders.size === 0 ? "" : (ids?.join(" ") ?? TOGETHER);
    if (key === (open?.key ?? "")) return;
    const before = open;
    // Before the old one ends, so that the panel keeps measuring what both include.
    open = key === "" ? undefined : { key, close: subscribe(ids) };
    before?.close();
  };
  const adjustSoon = () => {
    timer ??= setTimeout(adjust, ADJUST_MS);
  };

  const change = (id: string, by: number) => {
    const count = (holders.get(id) ?? 0) + by;
    if (count > 0) holders.set(id, count);
    else holders.delete(id);
    adjustSoon();
  };

  document.addEventListener("visibilitychange", adjust);
  onCleanup(() => {
    disposed = true;
    document.removeEventListener("visibilitychange", adjust);
    clearTimeout(timer);
    clearTimeout(silence);
    open?.close();
  });

  return {
    /** Requests `id`, or TOGETHER, until the returned function is called. */
    hold(id: string): () => void {
      change(id, 1);
      let held = true;
      return () => {
        if (held && !disposed) setTimeout(() => !disposed && change(id, -1), LINGER_MS);
        held = false;
      };
    },
    /** The newest sample; undefined when the last tick had none. */
    current: (id: string): Sample | undefined => historyOf(id).current(),
    /** The last five minutes, oldest first. */
    recent: (id: string): readonly Sample[] => historyOf(id).recent(),
    /** The last hour, oldest first. */
    hour: (id: string): readonly Sample[] => historyOf(id).hour(),
  };
}

export type StatsFeed = ReturnType<typeof createStatsFeed>;

/** The samples of one instance; reactive to each tick. */
function createHistory() {
  const ring = createSampleRing();
  const [current, setCurrent] = createSignal<Sample | undefined>(undefined, { equals: false });
  let before: { use: Use; at: number } | undefined;

  const push = (sample: Sample): Sample => {
    ring.push(sample);
    setCurrent(sample);
    return sample;
  };
  /** Counters since the container's start, converted to rates. */
  const rate = (at: number, read: (use: Use) => number, use: Use) => {
    if (!before || at <= before.at || at - before.at > LONGEST_STEP_MS) return null;
    const more = read(use) - read(before.use);
    return more < 0 ? null : (more * 1000) / (at - before.at);
  };
  return {
    current,
    push,
    take(use: Use, at: number): Sample {
      const sample = {
        at,
        cpu: use.cpuPercent,
        memory: use.memoryBytes,
        memoryLimit: use.memoryLimitBytes,
        received: rate(at, (one) => one.networkReceivedBytes, use),
        sent: rate(at, (one) => one.networkSentBytes, use),
      };
      before = { use, at };
      return push(sample);
    },
    miss() {
      if (current()) setCurrent(undefined);
    },
    recent() {
      current();
      return ring.recent();
    },
    hour() {
      current();
      return ring.hour();
    },
  };
}
