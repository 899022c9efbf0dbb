import { createMemo, createSignal } from "solid-js";
import type { Job } from "../api/client.ts";
import { isUnfinished } from "../live/create-job-feed.ts";
import { useLive } from "../live/live-context.tsx";

/** A job that a dialog requests and then shows. */
export function createJobRequest() {
  const live = useLive();
  const [begun, setBegun] = createSignal<Job>();
  const [asking, setAsking] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  /** The job from the feed, or the answer until the feed has it. */
  const job = createMemo(() => {
    const first = begun();
    return first && (live.jobs.get(first.id) ?? first);
  });
  return {
    job,
    asking,
    error,
    running: () => {
      const current = job();
      return current !== undefined && isUnfinished(current);
    },
    succeeded: () => job()?.status === "succeeded",
    /** True when the panel has accepted it. */
    begin: async (ask: () => Promise<Job>): Promise<boolean> => {
      if (asking()) return false;
      setAsking(true);
      setError(undefined);
      try {
        setBegun(await ask());
        return true;
      } catch (thrown) {
        setError(thrown);
        return false;
      } finally {
        setAsking(false);
      }
    },
    /** Returns to the form. */
    again: () => setBegun(undefined),
  };
}
