import { A } from "@solidjs/router";
import { createSignal, createUniqueId, Show } from "solid-js";
import type { Job } from "../api/client.ts";
import { formatDuration } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { isUnfinished } from "../live/create-job-feed.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { Button } from "../ui/button.tsx";
import { now } from "../ui/now.ts";
import { When } from "../ui/when.tsx";
import { BatchAfter } from "./batch-after.tsx";
import { JobFailures } from "./job-failures.tsx";
import { JobLog } from "./job-log.tsx";
import { JobMark } from "./job-mark.tsx";
import { JobProgress } from "./job-progress.tsx";
import { resultWords } from "./job-result.ts";
import { jobError, jobTitle } from "./job-words.ts";
import { TransferLines } from "./transfer-lines.tsx";

/** One job: kind, user, progress, error and log. */
export function JobItem(props: { job: Job }) {
  const [open, setOpen] = createSignal(false);
  const live = useLive();
  const logId = createUniqueId();
  return (
    <li class="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <JobMark status={props.job.status} />
        <span class="font-medium">{jobTitle(props.job)}</span>
        <Subject id={props.job.instanceId} />
        <div class="ml-auto flex items-center gap-2">
          <span class="text-xs whitespace-nowrap text-text-3">
            <When iso={props.job.createdAt} />
            <Show when={duration(props.job)}>
              {(text) => <span class="tabular"> · {text()}</span>}
            </Show>
          </span>
          <Button
            small
            variant="ghost"
            icon={open() ? "chevronDown" : "chevronRight"}
            aria-expanded={open()}
            aria-controls={open() ? logId : undefined}
            onClick={() => setOpen(!open())}
          >
            {t("job.log")}
          </Button>
        </div>
      </div>
      <Show when={isUnfinished(props.job)}>
        <JobProgress job={props.job} />
      </Show>
      <Show when={jobError(props.job)}>
        {(error) => (
          <div class="text-sm">
            <p class="text-error">{error().what}</p>
            <p class="text-text-2">{error().fix}</p>
            <Show when={error().detail}>
              <p class="mt-1 text-xs wrap-anywhere text-text-3">{error().detail}</p>
            </Show>
          </div>
        )}
      </Show>
      <Show when={resultWords(props.job, (id) => live.instances.get(id)?.name ?? id)}>
        {(words) => <p class="text-sm wrap-anywhere text-text-2">{words()}</p>}
      </Show>
      <Show when={!isUnfinished(props.job)}>
        <JobFailures job={props.job} />
        <BatchAfter job={props.job} />
      </Show>
      <Show when={open()}>
        <div id={logId} class="flex flex-col gap-2">
          <Show when={!isUnfinished(props.job) && props.job.detail}>
            {(transfer) => <TransferLines transfer={transfer()} />}
          </Show>
          <JobLog job={props.job} />
        </div>
      </Show>
    </li>
  );
}

/** The instance that a job concerns. */
function Subject(props: { id: string | null }) {
  const live = useLive();
  return (
    <Show when={props.id}>
      {(id) => (
        <A
          href={paths.instance(id())}
          class="min-w-0 truncate text-text-2 underline-offset-3 hover:underline"
        >
          {live.instances.get(id())?.name ?? id()}
        </A>
      )}
    </Show>
  );
}

function duration(job: Job): string | null {
  if (!job.startedAt) return null;
  const end = job.finishedAt ? Date.parse(job.finishedAt) : now();
  return formatDuration(end - Date.parse(job.startedAt));
}
