import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Job } from "../api/client.ts";
import { createQuery } from "../api/create-query.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";
import { useLive } from "../live/live-context.tsx";

/** A panel that takes longer must not keep anybody from opening the instance. */
const PATIENCE_MS = 1_000;

/** `partial`: nobody could ask the model, which is set up. */
const ENDED_WELL: ReadonlySet<Job["status"]> = new Set(["succeeded", "partial"]);

/**
 * Whether an instance is known to have no model. Asked again when its set-up has ended, when the
 * window gets the focus, as after a visit to its Control UI, and, while it has none, when its
 * configuration was saved.
 */
export function createModelState(id: string) {
  const api = useApi();
  const live = useLive();
  // Without an answer the card offers to open it, which says what is wrong.
  const state = createQuery((signal) => api.trpc.instances.modelState.query({ id }, { signal }));
  const [isLate, setLate] = createSignal(false);
  const patience = setTimeout(() => setLate(true), PATIENCE_MS);
  const askAgain = () => void state.refetch();
  const setUps = createMemo(
    () =>
      live.jobs
        .list()
        .filter(
          ({ kind, instanceId, status }) =>
            kind === "init" && instanceId === id && ENDED_WELL.has(status),
        ).length,
  );
  createEffect(on(setUps, askAgain, { defer: true }));
  const isMissing = createMemo(() => state.data()?.isSetUp === false);
  createEffect(() => {
    if (!isMissing()) return;
    onCleanup(
      keepSubscribed((handlers) =>
        api.trpc.instances.watchConfig.subscribe({ id }, { ...handlers, onData: askAgain }),
      ),
    );
  });
  window.addEventListener("focus", askAgain);
  onCleanup(() => {
    clearTimeout(patience);
    window.removeEventListener("focus", askAgain);
  });
  return {
    isMissing,
    /** False while the first answer may still come. */
    isKnown: () => state.data() !== undefined || state.error() !== undefined || isLate(),
  };
}
