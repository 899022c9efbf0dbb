import { A } from "@solidjs/router";
import { createSignal, For, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Job } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { formatDuration, formatPercent } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { isUnfinished } from "../live/create-job-feed.ts";
import { useLive } from "../live/live-context.tsx";
import { now } from "../live/now.ts";
import { paths } from "../routes.ts";
import { Button } from "../ui/button.tsx";
import { Progress } from "../ui/progress.tsx";
import { When } from "../ui/when.tsx";
import { JobMark } from "./job-mark.tsx";
import { jobError, jobTitle, stepWords } from "./job-words.ts";

export function JobList(props: { jobs: readonly Job[] }) {
  return (
    <ul class="flex flex-col divide-y">
      <For each={props.jobs}>{(job) => <JobItem job={job} />}</For>
    </ul>
  );
}

/** One job: what, for whom, how far, and why it failed. */
function JobItem(props: { job: Job }) {
  const live = useLive();
  const unfinished = () => isUnfinished(props.job);
  const subject = () => {
    const id = props.job.instanceId;
    return id === null ? null : { id, name: live.instances.get(id)?.name ?? id };
  };
  return (
    <li class="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <JobMark status={props.job.status} />
        <span class="font-medium">{jobTitle(props.job)}</span>
        <Show when={subject()}>
          {(instance) => (
            <A
              href={paths.instance(instance().id)}
              class="min-w-0 truncate text-text-2 underline-offset-3 hover:underline"
            >
              {instance().name}
            </A>
          )}
        </Show>
        <span class="ml-auto text-xs whitespace-nowrap text-text-3">
          <When iso={props.job.createdAt} />
          <Show when={duration(props.job)}>
            {(text) => <span class="tabular"> · {text()}</span>}
          </Show>
        </span>
      </div>
      <Show when={unfinished()}>
        <div class="flex items-center gap-3">
          <Progress
            label={jobTitle(props.job)}
            value={props.job.status === "queued" ? null : props.job.progress}
          />
          <span class="w-10 text-right text-xs tabular text-text-3">
            {formatPercent(props.job.progress)}
          </span>
          <CancelButton job={props.job} />
        </div>
        <p class="text-sm text-text-2">{stepWords(props.job.step)}</p>
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
    </li>
  );
}

function duration(job: Job): string | null {
  if (!job.startedAt) return null;
  const end = job.finishedAt ? Date.parse(job.finishedAt) : now();
  return formatDuration(end - Date.parse(job.startedAt));
}

function CancelButton(props: { job: Job }) {
  const api = useApi();
  const [busy, setBusy] = createSignal(false);
  const cancel = async () => {
    setBusy(true);
    try {
      await api.trpc.jobs.cancel.mutate({ id: props.job.id });
    } catch (error) {
      showFailure(t("failed.cancel"), error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button small busy={busy()} onClick={() => void cancel()}>
      {t("action.cancel")}
    </Button>
  );
}
