import { A } from "@solidjs/router";
import { For } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { jobTitle, stepWords } from "../jobs/job-words.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { Popover } from "../ui/popover.tsx";
import { Progress } from "../ui/progress.tsx";
import { Spinner } from "../ui/spinner.tsx";

/** The number of running jobs, and on click their progress. */
export function RunningJobsPopover() {
  const live = useLive();
  const count = () => live.jobs.unfinished().length;
  return (
    <Popover
      label={t("jobs.running", { count: count() })}
      triggerClass="inline-flex h-8 items-center gap-2 rounded-md px-2 text-sm whitespace-nowrap text-text-2 transition-colors hover:bg-hover hover:text-text"
      trigger={
        <>
          <Spinner class="text-busy" />
          <span class="tabular max-sm:hidden">{t("jobs.count", { count: count() })}</span>
          <span class="tabular sm:hidden">{count()}</span>
        </>
      }
    >
      <ul class="flex flex-col divide-y">
        <For each={live.jobs.unfinished()}>
          {(job) => (
            <li class="flex flex-col gap-1.5 px-2 py-2.5">
              <p class="flex justify-between gap-3 font-medium">
                <span>{jobTitle(job)}</span>
                <span class="truncate font-mono text-xs leading-5 text-text-3">
                  {job.instanceId}
                </span>
              </p>
              <Progress
                label={jobTitle(job)}
                value={job.status === "queued" ? null : job.progress}
              />
              <p class="truncate text-xs text-text-3">{stepWords(job.step)}</p>
            </li>
          )}
        </For>
      </ul>
      <A href={paths.jobs} class="block rounded-md px-2 py-1.5 text-sm text-text-2 hover:bg-hover">
        {t("jobs.all")}
      </A>
    </Popover>
  );
}
