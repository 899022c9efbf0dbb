import { createMemo, createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { useLive } from "../live/live-context.tsx";
import {
  type Batch,
  type BatchItem,
  type BatchUndo,
  failureFrom,
  type ItemProgress,
  type ItemState,
  type JobProgress,
  outcomeOf,
  undoOf,
} from "./batch.ts";
import { createBatchJob } from "./create-batch-job.ts";
import { startBatch } from "./start-batch.ts";

const EMPTY: Record<ItemState, number> = { waiting: 0, running: 0, done: 0, failed: 0, skipped: 0 };

/**
 * One batch at a time, with the result of each instance. It runs as a job of the panel, which
 * continues without the page.
 */
export function createBatchRunner(onEnd: () => void) {
  const api = useApi();
  const live = useLive();
  const [batch, setBatch] = createSignal<Batch>();
  const [progress, setProgress] = createStore<{ all: ItemProgress[] }>({ all: [] });
  const [calling, setCalling] = createSignal(false);
  const [stopping, setStopping] = createSignal(false);
  const [jobIds, setJobIds] = createSignal<readonly string[]>([]);

  const end = () => {
    setCalling(false);
    onEnd();
  };

  const job = createBatchJob({
    begun: (id) => setJobIds((ids) => [...ids, id]),
    progress: (now) =>
      setProgress(
        "all",
        (one) => stateIn(now, one) !== one.state,
        (one) => ({ ...now.get(one.item.id), state: stateIn(now, one) }),
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
    void job.begin(() => startBatch(api, current, items));
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
    setJobIds([]);
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
  const undo = createMemo((): BatchUndo | null => {
    const current = batch();
    if (!current || calling()) return null;
    const touched = itemsThat("done");
    // One that did not come back healthy has the change, too.
    if (current.kind === "configure") touched.push(...itemsThat("failed"));
    return touched.length > 0 ? undoOf(current, touched, jobIds()) : null;
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

/** The panel leaves out what a roll-out, or its undo, need not change. */
function stateIn(now: JobProgress, { item, state }: ItemProgress): ItemState {
  return now.get(item.id)?.state ?? (state === "waiting" ? "done" : state);
}

export type BatchRunner = ReturnType<typeof createBatchRunner>;
