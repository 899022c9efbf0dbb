import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { FailureNotice } from "../api/failure-notice.tsx";
import { formatExact } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { JobClose } from "../jobs/job-close.tsx";
import { JobList } from "../jobs/job-list.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import type { Replaced } from "./backup-context.ts";
import { createJobRequest } from "./create-job-request.ts";

/** Asks whether to revert an instance to its state before a restore, then shows the progress. */
export function RevertDialog(props: { copy: Replaced; onClose: () => void }) {
  const api = useApi();
  const request = createJobRequest();
  const begin = () => request.begin(() => api.trpc.backups.revert.mutate({ id: props.copy.id }));
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("revert.title", { name: props.copy.name })}
      description={request.job() ? undefined : <Consequences since={props.copy.createdAt} />}
      footer={
        <Show
          when={request.job()}
          fallback={
            <>
              <Button onClick={props.onClose}>{t("action.cancel")}</Button>
              <Button variant="danger" busy={request.asking()} onClick={() => void begin()}>
                {t("safety.revert")}
              </Button>
            </>
          }
        >
          <JobClose running={request.running()} onClose={props.onClose} />
        </Show>
      }
    >
      <Show when={request.error()}>{(error) => <FailureNotice error={error()} />}</Show>
      <Show when={request.job()}>{(job) => <JobList jobs={[job()]} />}</Show>
    </Dialog>
  );
}

/** Data written since the restore is newer than the snapshot's. */
function Consequences(props: { since: string | undefined }) {
  return (
    <>
      <p>
        {props.since === undefined
          ? t("revert.newer")
          : t("revert.newerSince", { time: formatExact(props.since) })}
      </p>
      <p class="mt-2">{t("revert.text")}</p>
    </>
  );
}
