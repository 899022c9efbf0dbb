import { Match, Switch } from "solid-js";
import { formatPercent } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { jobError, stepWords } from "../jobs/job-words.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { Progress } from "../ui/progress.tsx";
import { createImageJob } from "./create-image-job.ts";

/** Without its image no instance can start: shows the progress of fetching it, or the button. */
export function ImageBanner(props: { image: string }) {
  const image = createImageJob();
  const retry = (label: string) => (
    <Button small busy={image.asking()} onClick={() => void image.get()}>
      {label}
    </Button>
  );
  return (
    <Switch
      fallback={
        <Banner
          tone="warning"
          title={t("banner.image.missing", { image: props.image })}
          text={t("banner.image.missing.text")}
          action={retry(t("image.get"))}
        />
      }
    >
      <Match when={image.running()}>
        {(job) => (
          <Banner
            tone="info"
            title={t("banner.image.getting", { image: props.image })}
            text={`${stepWords(job().step)} · ${formatPercent(job().progress)}`}
            action={
              <div class="w-full sm:w-56">
                <Progress
                  label={t("banner.image.getting", { image: props.image })}
                  value={job().status === "queued" ? null : job().progress}
                />
              </div>
            }
          />
        )}
      </Match>
      <Match when={image.failed()}>
        {(job) => (
          <Banner
            tone="error"
            title={t("banner.image.failed", { image: props.image })}
            text={
              <>
                <p>{jobError(job())?.fix}</p>
                <p class="text-xs text-text-3">{job().error?.message}</p>
              </>
            }
            action={retry(t("action.retry"))}
          />
        )}
      </Match>
    </Switch>
  );
}
