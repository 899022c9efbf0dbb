import { createSignal, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Backup } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { JobClose } from "../jobs/job-close.tsx";
import { JobList } from "../jobs/job-list.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Select } from "../ui/select.tsx";
import { createJobRequest } from "./create-job-request.ts";
import { createUnlock } from "./create-unlock.ts";
import { UnlockField } from "./unlock-field.tsx";

/** Starts one instance of a backup in a restore test, under an unused id and without network. */
export function TestDialog(props: {
  backup: Backup;
  instanceId: string | undefined;
  onClose: () => void;
}) {
  const api = useApi();
  const unlock = createUnlock(() => props.backup.encryption);
  const request = createJobRequest();
  const [chosen, setChosen] = createSignal(props.instanceId ?? smallest(props.backup));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const opened = unlock.value();
    if (!unlock.ready()) return;
    void request.begin(() =>
      api.trpc.backups.test.mutate({
        id: props.backup.id,
        instanceId: chosen(),
        ...(opened ? { unlock: opened } : {}),
      }),
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("test.title")}
      description={request.job() ? undefined : t("test.text")}
      footer={
        <Show
          when={request.job()}
          fallback={
            <>
              <Button onClick={props.onClose}>{t("action.cancel")}</Button>
              <Button
                variant="primary"
                type="submit"
                form="test-backup"
                busy={request.asking()}
                disabled={!unlock.ready()}
              >
                {t("test.begin")}
              </Button>
            </>
          }
        >
          <JobClose running={request.running()} onClose={props.onClose} />
        </Show>
      }
    >
      <Show
        when={request.job()}
        fallback={
          <form id="test-backup" onSubmit={submit} class="flex flex-col gap-4">
            <Show when={request.error()}>{(error) => <FailureNotice error={error()} />}</Show>
            <Select
              label={t("test.instance")}
              value={chosen()}
              onChange={setChosen}
              options={props.backup.instances.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <UnlockField form={unlock} />
          </form>
        }
      >
        {(job) => <JobList jobs={[job()]} />}
      </Show>
    </Dialog>
  );
}

/** The instance that starts fastest. */
function smallest(backup: Backup): string {
  const [first] = [...backup.instances].sort((a, b) => a.bytes - b.bytes);
  return first?.id ?? "";
}
