import { createMemo, createSignal, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type { Api, Backup } from "../api/client.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";

/**
 * All backups as the panel pushes them, newest first. Subscribes only while a view needs it: the
 * list can be long, and most pages do not show it. Keeps the last list for the next view.
 */
export function createBackupFeed(api: Api) {
  const [state, setState] = createStore<{ all: Backup[] }>({ all: [] });
  const [loaded, setLoaded] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  let holders = 0;
  let stop: (() => void) | undefined;

  const begin = () =>
    keepSubscribed(
      (handlers) =>
        api.trpc.backups.watch.subscribe(undefined, {
          ...handlers,
          onData: ({ backups }) => {
            setState("all", reconcile(backups, { key: "id" }));
            setError(undefined);
            setLoaded(true);
          },
        }),
      setError,
    );
  const hold = (): (() => void) => {
    holders += 1;
    stop ??= begin();
    return () => {
      holders -= 1;
      if (holders > 0) return;
      stop?.();
      stop = undefined;
    };
  };
  onCleanup(() => stop?.());

  const list = createMemo(() =>
    [...state.all].sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
  );
  return {
    list,
    /** False until the first list has arrived. */
    loaded,
    error,
    get: (id: string): Backup | undefined => state.all.find((one) => one.id === id),
    hold,
  };
}

export type BackupFeed = ReturnType<typeof createBackupFeed>;
