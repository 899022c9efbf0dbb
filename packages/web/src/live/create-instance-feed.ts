import { createMemo, createSignal, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type { Api, Instance } from "../api/client.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";

/** All instances as the panel pushes them: first the whole list, then changes. */
export function createInstanceFeed(api: Api) {
  const [byId, setById] = createStore<Record<string, Instance>>({});
  const [loaded, setLoaded] = createSignal(false);
  const [engineReachable, setEngineReachable] = createSignal<boolean>();

  onCleanup(
    keepSubscribed((handlers) =>
      api.trpc.instances.watch.subscribe(undefined, {
        ...handlers,
        onData: (event) => {
          switch (event.type) {
            case "snapshot":
              setById(reconcile(Object.fromEntries(event.instances.map((one) => [one.id, one]))));
              setLoaded(true);
              break;
            case "changed":
              setById(event.instance.id, reconcile(event.instance));
              break;
            case "removed":
              setById(reconcile(without(byId, event.id)));
              break;
            case "engine":
              setEngineReachable(event.reachable);
              break;
          }
        },
      }),
    ),
  );

  const list = createMemo(() => Object.values(byId));
  return {
    list,
    get: (id: string): Instance | undefined => byId[id],
    /** False until the first list has arrived. */
    loaded,
    /** The panel's last report on its engine; undefined before the first. */
    engineReachable,
  };
}

export type InstanceFeed = ReturnType<typeof createInstanceFeed>;

function without(all: Readonly<Record<string, Instance>>, id: string): Record<string, Instance> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== id));
}
