import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { SafetyCopy } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { JobClose } from "../jobs/job-close.tsx";
import { JobList } from "../jobs/job-list.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { createJobRequest } from "./create-job-request.ts";

/** Asks whether an instance shall be again what it was before a restore, then shows how it goes. */
export function BringBackDialog(props: {
  copy: Pick<SafetyCopy, "id" | "name">;
  onClose: () => void;
}) {
  const api = useApi();
  const request = createJobRequest();
  const begin = () => request.begin(() => api.trpc.backups.bringBack.mutate({ id: props.copy.id }));
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("bringBack.title", { name: props.copy.name })}
      description={request.job() ? undefined : t("bringBack.text")}
      footer={
        <Show
          when={request.job()}
          fallback={
            <>
              <Button onClick={props.onClose}>{t("action.cancel")}</Button>
              <Button variant="danger" busy={request.asking()} onClick={() => void begin()}>
                {t("safety.bringBack")}
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
