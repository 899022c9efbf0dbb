import { createSignal, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type { Api, Condition } from "../api/client.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";

/** Conditions as pushed by the panel. */
export function createConditionFeed(api: Api) {
  const [state, setState] = createStore<{ all: Condition[] }>({ all: [] });
  const [loaded, setLoaded] = createSignal(false);
  onCleanup(
    keepSubscribed((handlers) =>
      api.trpc.conditions.watch.subscribe(undefined, {
        ...handlers,
        onData: ({ conditions }) => {
          setState("all", reconcile(conditions, { key: "key" }));
          setLoaded(true);
        },
      }),
    ),
  );
  return {
    list: (): readonly Condition[] => state.all,
    /** False until the first list has arrived. */
    loaded,
  };
}
