import { useParams } from "@solidjs/router";
import { Match, Show, Switch } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { InstanceView } from "./instance-view.tsx";

/** One instance, or a note that it does not exist. */
export function InstancePage() {
  const params = useParams<{ id: string; tab?: string }>();
  const live = useLive();
  return (
    <Switch>
      <Match when={live.instances.get(params.id)}>
        {(instance) => (
          <Show when={params.id} keyed>
            <InstanceView instance={instance()} tab={params.tab} />
          </Show>
        )}
      </Match>
      <Match when={live.instances.loaded()}>
        <Page title={params.id}>
          <EmptyState title={t("error.instanceNotFound")} text={t("error.instanceNotFound.fix")} />
        </Page>
      </Match>
      <Match when={true}>
        <Page title={params.id}>
          <div aria-busy="true" class="flex flex-col gap-4">
            <Skeleton class="h-9 w-72" />
            <Skeleton class="h-40 w-full" />
          </div>
        </Page>
      </Match>
    </Switch>
  );
}
