import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Backup } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { createJobRequest } from "./create-job-request.ts";
import { createUnlock } from "./create-unlock.ts";
import { UnlockField } from "./unlock-field.tsx";

/** An encrypted backup is compared as it lies, or opened and read file by file. */
export function VerifyDialog(props: { backup: Backup; onClose: () => void }) {
  const api = useApi();
  const unlock = createUnlock(() => props.backup.encryption);
  const request = createJobRequest();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (unlock.problem()) return;
    const opened = unlock.value();
    const begun = await request.begin(() =>
      api.trpc.backups.verify.mutate({
        id: props.backup.id,
        ...(opened ? { unlock: opened } : {}),
      }),
    );
    if (begun) props.onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("verify.title")}
      description={t("verify.text")}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button variant="primary" type="submit" form="verify-backup" busy={request.asking()}>
            {t("backup.verify")}
          </Button>
        </>
      }
    >
      <form id="verify-backup" onSubmit={(event) => void submit(event)} class="flex flex-col gap-4">
        <Show when={request.error()}>{(error) => <FailureNotice error={error()} />}</Show>
        <UnlockField form={unlock} hint={t("verify.hint")} autofocus />
      </form>
    </Dialog>
  );
}
