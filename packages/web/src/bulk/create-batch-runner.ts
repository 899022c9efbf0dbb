import { createMemo, createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import type { Instance } from "../api/client.ts";
import { useLive } from "../live/live-context.tsx";
import {
  type Batch,
  type BatchItem,
  failureFrom,
  type ItemProgress,
  type ItemState,
  outcomeOf,
  requestOf,
  undoOf,
} from "./batch.ts";
import { createBatchJob } from "./create-batch-job.ts";

const EMPTY: Record<ItemState, number> = { waiting: 0, running: 0, done: 0, failed: 0, skipped: 0 };

/**
 * One batch at a time, with the result of each instance. It runs as a job of the panel, which
 * continues without the page.
 */
export function createBatchRunner(onEnd: () => void) {
  const live = useLive();
  const [batch, setBatch] = createSignal<Batch>();
  const [progress, setProgress] = createStore<{ all: ItemProgress[] }>({ all: [] });
  const [calling, setCalling] = createSignal(false);
  const [stopping, setStopping] = createSignal(false);

  const end = () => {
    setCalling(false);
    onEnd();
  };

  const job = createBatchJob({
    progress: (now) =>
      setProgress(
        "all",
        ({ item, state }) => (now.get(item.id)?.state ?? state) !== state,
        ({ item }) => ({ ...now.get(item.id) }),
      ),
    refused: (error) =>
      setProgress("all", ({ state }) => state === "waiting", {
        state: "failed",
        failure: failureFrom(error),
      }),
    end,
  });
  const call = (current: Batch, items: readonly BatchItem[]) => {
    setStopping(false);
    setCalling(true);
    void job.begin(requestOf(current, items));
  };
  const instance = (id: string): Instance | undefined => live.instances.get(id);
  const outcome = (one: ItemProgress): ItemState => {
    const current = batch();
    return current ? outcomeOf(current, one, instance(one.item.id)) : one.state;
  };
  const counts = createMemo(() => {
    const all = { ...EMPTY };
    for (const one of progress.all) all[outcome(one)] += 1;
    return all;
  });
  const itemsThat = (state: ItemState) =>
    progress.all.filter((one) => outcome(one) === state).map((one) => one.item);

  const begin = (next: Batch) => {
    if (calling()) return;
    setBatch(next);
    setProgress(
      "all",
      next.items.map((item) => ({ item, state: "waiting", failure: undefined })),
    );
    call(next, next.items);
  };
  /** Repeats it for instances that failed, or that a cancelled batch skipped. */
  const again = (state: "failed" | "skipped") => {
    const current = batch();
    if (!current || calling()) return;
    const items = itemsThat(state);
    const wanted = new Set(items.map(({ id }) => id));
    const waiting = { state: "waiting", failure: undefined } as const;
    setProgress("all", ({ item }) => wanted.has(item.id), waiting);
    call(current, items);
  };
  const undo = createMemo((): Batch | null => {
    const current = batch();
    const done = current && !calling() ? itemsThat("done") : [];
    return current && done.length > 0 ? undoOf(current, done) : null;
  });

  return {
    batch,
    all: () => progress.all,
    outcome,
    instance,
    counts,
    /** The batch is running; accepted starts may continue after that. */
    calling,
    job: job.job,
    stopping,
    undo,
    begin,
    again,
    cancel: async () => {
      setStopping(true);
      if (!(await job.cancel())) setStopping(false);
    },
  };
}

export type BatchRunner = ReturnType<typeof createBatchRunner>;
