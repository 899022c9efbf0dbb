import { createEffect, on, onCleanup } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { createQuery } from "../api/create-query.ts";

/** A channel connects within seconds, and a person waits for it. */
const REFRESH_MS = 10_000;

/**
 * The channels of an instance as its gateway sees them, read again while they are shown and it runs.
 */
export function createChannels(instance: () => Instance) {
  const { instances } = useApi().trpc;
  const query = createQuery((signal) =>
    instances.channels.query({ id: instance().id }, { signal }),
  );
  const timer = setInterval(() => {
    const isUseful = instance().status === "running" && !document.hidden;
    if (isUseful && !query.fetching()) void query.refetch();
  }, REFRESH_MS);
  onCleanup(() => clearInterval(timer));
  createEffect(
    on(
      () => instance().status,
      () => void query.refetch(),
      { defer: true },
    ),
  );
  return query;
}
