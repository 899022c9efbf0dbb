import { createEffect, createRoot } from "solid-js";
import type { Api, Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import type { InstanceFeed } from "../live/create-instance-feed.ts";
import { accessLink, inNewTab } from "./open-instance.tsx";

type Started = Pick<Instance, "id" | "updatedAt">;

/** Starts an instance, and opens it in a new tab as soon as it runs; until then the tab says so. */
export function startAndOpen(
  api: Api,
  instances: Pick<InstanceFeed, "get">,
  { id, name }: Pick<Instance, "id" | "name">,
): Promise<void> {
  return inNewTab(
    async () => {
      await untilStarted(instances, await api.trpc.instances.start.mutate({ id }));
      // If the start has failed, the panel says here that it does not run.
      return accessLink(api, id);
    },
    ({ document }) => {
      document.title = name;
      document.body.textContent = t("open.starting", { name });
    },
  );
}

/** Resolves when the start has ended, well or not. */
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
