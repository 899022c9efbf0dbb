import { createMemo, createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { useLive } from "../live/live-context.tsx";
import {
  type Batch,
  type BatchItem,
  type Creation,
  createItem,
  failureFrom,
  type ItemFailure,
  type ItemProgress,
  type ItemState,
  outcomeOf,
  requestOf,
  undoOf,
} from "./batch.ts";
import { createBatchJob } from "./create-batch-job.ts";
import { runBounded } from "./run-bounded.ts";

/** Concurrent creations; the panel itself limits starts to two at a time. */
const PARALLEL = 4;

const EMPTY: Record<ItemState, number> = { waiting: 0, running: 0, done: 0, failed: 0, skipped: 0 };

/**
 * One batch at a time, with the result of each instance. It runs as a job of the panel, which
 * continues without the page; only creations are requested one by one from here.
 */
export function createBatchRunner(onEnd: () => void) {
  const api = useApi();
  const live = useLive();
  const [batch, setBatch] = createSignal<Batch>();
  const [progress, setProgress] = createStore<{ all: ItemProgress[] }>({ all: [] });
  const [calling, setCalling] = createSignal(false);
  const [stopping, setStopping] = createSignal(false);
  let controller = new AbortController();

  const set = (id: string, state: ItemState, failure?: ItemFailure) =>
    setProgress("all", (one) => one.item.id === id, { state, failure });
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
    void (current.kind === "create"
      ? createAll(current, items)
      : job.begin(requestOf(current, items)));
  };
  const createAll = async (current: Creation, items: readonly BatchItem[]) => {
    controller = new AbortController();
    await runBounded(items, {
      limit: PARALLEL,
      signal: controller.signal,
      run: async (item) => {
        set(item.id, "running");
        try {
          await createItem(api, current, item);
          set(item.id, "done");
        } catch (error) {
          set(item.id, "failed", failureFrom(error));
        }
      },
      onSkipped: (item) => set(item.id, "skipped"),
    });
    end();
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
    for (const item of items) set(item.id, "waiting");
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
    /** Closing the page drops what has not begun. */
    endsWithPage: () => calling() && batch()?.kind === "create",
    stopping,
    undo,
    begin,
    again,
    cancel: async () => {
      setStopping(true);
      controller.abort();
      if (!(await job.cancel())) setStopping(false);
    },
  };
}

export type BatchRunner = ReturnType<typeof createBatchRunner>;
