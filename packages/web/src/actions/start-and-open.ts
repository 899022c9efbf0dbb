import { createEffect, createRoot } from "solid-js";
import type { Api, Instance } from "../api/client.ts";
import type { InstanceFeed } from "../live/create-instance-feed.ts";
import { paths } from "../routes.ts";
import { offerLink } from "./open-instance.tsx";

type Started = Pick<Instance, "id" | "updatedAt">;

/**
 * Starts an instance; a page of its own in a new tab waits for it, and opens it. Resolves when the
 * start has ended, well or not: the page in the tab tells.
 */
export async function startAndOpen(
  api: Api,
  instances: Pick<InstanceFeed, "get">,
  id: string,
): Promise<void> {
  // Browsers open a tab during the click only. It cannot reach back to this page.
  const tab = window.open(paths.starting(id), "_blank");
  if (tab) tab.opener = null;
  try {
    const started = await api.trpc.instances.start.mutate({ id });
    const place = paths.starting(id, started.updatedAt);
    if (tab) tab.location.replace(place);
    else offerLink(new URL(place, window.location.origin).href);
    await untilStarted(instances, started);
  } catch (error) {
    tab?.close();
    throw error;
  }
}

function untilStarted(
  instances: Pick<InstanceFeed, "get">,
  { id, updatedAt }: Started,
): Promise<void> {
  return new Promise((resolve) =>
    createRoot((dispose) =>
      createEffect(() => {
        const now = instances.get(id);
        // An older state may still be on its way from the panel.
        if (now && (now.updatedAt < updatedAt || now.status === "starting")) return;
        resolve();
        queueMicrotask(dispose);
      }),
    ),
  );
}
