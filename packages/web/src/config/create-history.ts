import { createSignal } from "solid-js";
import type { Api, RouterOutputs } from "../api/client.ts";

type History = RouterOutputs["instances"]["configHistory"];
export type Version = History["versions"][number];

/** The versions of one configuration, newest first, as far as they were loaded. */
export function createHistory(api: Api, id: string) {
  const [versions, setVersions] = createSignal<readonly Version[]>();
  const [lastHealthy, setLastHealthy] = createSignal<number>();
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [error, setError] = createSignal<unknown>();
  const [loading, setLoading] = createSignal(false);

  async function load(from: string | null) {
    setLoading(true);
    setError(undefined);
    try {
      const page = await api.trpc.instances.configHistory.query({ id, cursor: from });
      setVersions((known) => [...(from === null ? [] : (known ?? [])), ...page.versions]);
      setLastHealthy(page.lastHealthy?.version);
      setCursor(page.nextCursor);
    } catch (thrown) {
      setError(() => thrown);
    } finally {
      setLoading(false);
    }
  }

  void load(null);
  return {
    versions,
    lastHealthy,
    error,
    loading,
    hasMore: () => cursor() !== null,
    more: () => load(cursor()),
    reload: () => load(null),
  };
}

export type HistoryState = ReturnType<typeof createHistory>;
