import { Show } from "solid-js";
import { formatPercent } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { jobTitle } from "../jobs/job-words.ts";
import { createImageJob } from "../system/create-image-job.ts";
import { Button } from "../ui/button.tsx";
import { Progress } from "../ui/progress.tsx";

/** The button that fetches the image, or its progress. */
export function ImageStep() {
  const image = createImageJob();
  return (
    <Show
      when={image.running()}
      fallback={
        <Button small busy={image.asking()} onClick={() => void image.get()}>
          {image.failed() ? t("action.retry") : t("image.get")}
        </Button>
      }
    >
      {(job) => (
        <div class="flex h-7 w-44 items-center gap-3">
          <Progress
            label={jobTitle(job())}
            value={job().status === "queued" ? null : job().progress}
          />
          <span class="w-9 text-right text-xs tabular text-text-3">
            {formatPercent(job().progress)}
          </span>
        </div>
      )}
    </Show>
  );
}
