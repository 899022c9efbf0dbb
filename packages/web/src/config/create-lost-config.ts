import { createSignal, onCleanup } from "solid-js";
import type { Api, RouterOutputs } from "../api/client.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";

export type LostConfig = NonNullable<RouterOutputs["instances"]["readConfig"]["lost"]>;

/** The last saved text, once OpenClaw has refused it; then calls `onLost`. */
export function createLostConfig(api: Api, id: string, onLost: () => void) {
  const [lost, setLost] = createSignal<LostConfig | null>(null);
  onCleanup(
    keepSubscribed((handlers) =>
      api.trpc.instances.watchConfig.subscribe(
        { id },
        {
          ...handlers,
          onData: (now) => {
            const isNews = now.lost !== null && now.lost.text !== lost()?.text;
            setLost(now.lost);
            if (isNews) onLost();
          },
        },
      ),
    ),
  );
  return { lost, forget: () => setLost(null) };
}
