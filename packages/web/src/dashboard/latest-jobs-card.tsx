import { A } from "@solidjs/router";
import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { JobList } from "../jobs/job-list.tsx";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";

const SHOWN = 4;

export function LatestJobsCard() {
  const live = useLive();
  const jobs = () => live.jobs.list().slice(0, SHOWN);
  return (
    <Card
      title={t("dashboard.jobs")}
      action={
        <Show when={jobs().length > 0}>
          <A href={paths.jobs} class={`${buttonClass("ghost", true)} -mr-2`}>
            {t("jobs.all")}
          </A>
        </Show>
      }
    >
      <Show
        when={jobs().length > 0}
        fallback={<p class="text-text-2">{t("dashboard.jobs.none")}</p>}
      >
        <JobList jobs={jobs()} />
      </Show>
    </Card>
  );
}
