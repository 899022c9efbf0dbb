import { Match, Switch } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { JobList } from "./job-list.tsx";

export function JobsPage() {
  const live = useLive();
  return (
    <Page title={t("nav.jobs")}>
      <Switch>
        <Match when={live.jobs.list().length > 0}>
          <div class="rounded-lg border bg-surface p-4">
            <JobList jobs={live.jobs.list()} />
          </div>
        </Match>
        <Match when={live.jobs.loaded()}>
          <EmptyState title={t("jobs.empty")} text={t("jobs.empty.text")} />
        </Match>
        <Match when={true}>
          <div aria-busy="true" class="flex flex-col gap-3 rounded-lg border bg-surface p-4">
            <Skeleton class="h-5 w-60" />
            <Skeleton class="h-5 w-48" />
          </div>
        </Match>
      </Switch>
    </Page>
  );
}
