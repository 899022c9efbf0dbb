import { Show } from "solid-js";
import type { SystemStatus } from "../api/client.ts";
import { formatBytes } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { JobList } from "../jobs/job-list.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { StateWord } from "../ui/state-word.tsx";
import { createImageJob } from "./create-image-job.ts";

export function ImageCard(props: { image: SystemStatus["image"]; engine: SystemStatus["engine"] }) {
  const job = createImageJob();
  /** Unknown while the engine is away. */
  const missing = () => props.engine.reachable && !props.image.present;
  return (
    <Card
      title={t("system.image")}
      action={
        <Show when={missing() && !job.running()}>
          <Button small variant="primary" busy={job.asking()} onClick={() => void job.get()}>
            {t("image.get")}
          </Button>
        </Show>
      }
    >
      <Facts>
        <Fact label={t("system.state")}>
          <Show when={props.engine.reachable} fallback={t("status.unknown")}>
            <StateWord good={props.image.present}>
              {props.image.present ? t("system.imagePresent") : t("system.imageMissing")}
            </StateWord>
          </Show>
        </Fact>
        <Fact label={t("system.size")}>
          <Show when={props.image.size} fallback="–">
            {(size) => formatBytes(size())}
          </Show>
        </Fact>
        <Fact label={t("system.imageRef")}>
          <code class="text-sm">{props.image.ref}</code>
        </Fact>
        <Fact label={t("create.id")}>
          <code class="text-sm">{props.image.id?.slice(0, 19) ?? "–"}</code>
        </Fact>
      </Facts>
      <Show when={job.running() ?? (missing() ? job.failed() : undefined)}>
        {(one) => (
          <div class="mt-4 border-t pt-4">
            <JobList jobs={[one()]} />
          </div>
        )}
      </Show>
    </Card>
  );
}
