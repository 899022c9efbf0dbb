import { Show } from "solid-js";
import { FailureNotice } from "../api/failure-notice.tsx";
import { useCreate } from "../creation/create-context.tsx";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { Button } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { AttentionCard } from "./attention-card.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { LatestJobsCard } from "./latest-jobs-card.tsx";
import { MachineCard } from "./machine-card.tsx";
import { QuickMenus } from "./quick-menus.tsx";
import { StatusTiles } from "./status-tiles.tsx";
import { UsageTogetherCard } from "./usage-together-card.tsx";

/** The start page: whether all is well, and if not, what to do. */
export function DashboardPage() {
  const live = useLive();
  const create = useCreate();
  const isEmpty = () => live.instances.loaded() && live.instances.list().length === 0;
  const createButton = () => (
    <Button variant="primary" icon="plus" onPointerEnter={create.prepare} onClick={create.one}>
      {t("instances.create")}
    </Button>
  );
  return (
    <Page
      title={t("nav.dashboard")}
      actions={
        <Show when={!isEmpty()}>
          <Show when={live.instances.loaded()}>
            <QuickMenus />
          </Show>
          {createButton()}
        </Show>
      }
    >
      <Show when={!live.system.data() && live.system.error()}>
        {(error) => (
          <FailureNotice
            error={error()}
            retrying={live.system.fetching()}
            onRetry={live.system.refetch}
          />
        )}
      </Show>
      <Show when={!isEmpty()} fallback={<FirstSteps create={createButton()} />}>
        <Show when={live.instances.loaded()} fallback={<Skeleton class="h-18 w-full rounded-lg" />}>
          <StatusTiles />
        </Show>
      </Show>
      <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-[2fr_1fr]">
        <Show when={!isEmpty()}>
          <div class="flex min-w-0 flex-col gap-4">
            <AttentionCard />
            <UsageTogetherCard />
          </div>
        </Show>
        <div
          class={`min-w-0 gap-4 ${isEmpty() ? "grid grid-cols-1 lg:col-span-2 lg:grid-cols-2" : "flex flex-col"}`}
        >
          <Show
            when={live.system.data()}
            fallback={
              <Show when={!live.system.error()}>
                <Skeleton class="h-72 w-full rounded-lg" />
              </Show>
            }
          >
            {(status) => <MachineCard status={status()} />}
          </Show>
          <LatestJobsCard />
        </div>
      </div>
    </Page>
  );
}
