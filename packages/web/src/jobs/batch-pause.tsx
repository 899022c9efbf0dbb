import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Job } from "../api/client.ts";
import { createButtonCall } from "../api/create-button-call.ts";
import { t } from "../i18n/i18n.ts";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { batchBy } from "./job-result.ts";
import { needsOperator } from "./rest-of-batch.ts";

/** Pauses a running batch, which begins no further instance then, and resumes it. */
export function BatchPause(props: { job: Job }) {
  const { batches } = useApi().trpc;
  const may = useMay();
  const isOffered = () => {
    const batch = batchBy(props.job);
    return batch && (!paused() || !needsOperator(batch.action) || may("removeInstances"));
  };
  const paused = () => batchBy(props.job)?.paused ?? false;
  const call = createButtonCall(
    () => (paused() ? t("failed.resume") : t("failed.pause")),
    async () => {
      await batches[paused() ? "resume" : "pause"].mutate({ id: props.job.id });
    },
  );
  return (
    <Show when={isOffered()}>
      <Button small busy={call.busy()} onClick={() => void call.run()}>
        {paused() ? t("batch.resume") : t("batch.pause")}
      </Button>
    </Show>
  );
}
