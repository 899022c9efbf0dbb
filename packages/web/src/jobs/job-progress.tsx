import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Job } from "../api/client.ts";
import { createButtonCall } from "../api/create-button-call.ts";
import { formatDuration, formatPercent } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { now } from "../ui/now.ts";
import { Progress } from "../ui/progress.tsx";
import { BatchPause } from "./batch-pause.tsx";
import { jobStepWords, jobTitle } from "./job-words.ts";
import { roundedUp, timeLeft } from "./time-left.ts";
import { TransferLines } from "./transfer-lines.tsx";
import { totalWords } from "./transfer-words.ts";

/** A job's progress, the remaining time, and the cancel button. */
export function JobProgress(props: { job: Job }) {
  const left = () => {
    const milliseconds = timeLeft(props.job, now());
    return milliseconds === null ? null : formatDuration(roundedUp(milliseconds));
  };
  return (
    <>
      <div class="flex items-center gap-3">
        <Progress
          label={jobTitle(props.job)}
          value={props.job.status === "queued" ? null : props.job.progress}
        />
        <span class="w-10 text-right text-xs tabular text-text-3">
          {formatPercent(props.job.progress)}
        </span>
        <BatchPause job={props.job} />
        <CancelButton job={props.job} />
      </div>
      <p class="flex flex-wrap justify-between gap-x-3 text-sm text-text-2">
        <span class="min-w-0 wrap-anywhere">{jobStepWords(props.job)}</span>
        <span class="flex flex-wrap gap-x-2 text-xs leading-5 text-text-3 tabular">
          <Show when={props.job.detail && totalWords(props.job.detail)}>
            {(words) => <span class="whitespace-nowrap">{words()}</span>}
          </Show>
          <Show when={left()}>
            {(time) => <span class="whitespace-nowrap">{t("job.left", { time: time() })}</span>}
          </Show>
        </span>
      </p>
      <Show when={props.job.detail}>{(transfer) => <TransferLines transfer={transfer()} />}</Show>
    </>
  );
}

function CancelButton(props: { job: Job }) {
  const api = useApi();
  const cancel = createButtonCall(
    () => t("failed.cancel"),
    async () => {
      await api.trpc.jobs.cancel.mutate({ id: props.job.id });
    },
  );
  return (
    <Button small busy={cancel.busy()} onClick={() => void cancel.run()}>
      {t("action.cancel")}
    </Button>
  );
}
