import { createEffect, createMemo, on } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createQuery } from "../api/create-query.ts";
import { useLive } from "../live/live-context.tsx";

/** Whether an instance is known to have no model; asked again when its set-up has ended. */
export function createModelState(id: string) {
  const api = useApi();
  const live = useLive();
  // Without an answer the card offers to open it, which says what is wrong.
  const state = createQuery((signal) => api.trpc.instances.modelState.query({ id }, { signal }));
  const setUps = createMemo(
    () =>
      live.jobs
        .list()
        .filter(
          ({ kind, instanceId, status }) =>
            kind === "init" && instanceId === id && status === "succeeded",
        ).length,
  );
  createEffect(on(setUps, () => void state.refetch(), { defer: true }));
  return { isMissing: () => state.data()?.isSetUp === false };
}
