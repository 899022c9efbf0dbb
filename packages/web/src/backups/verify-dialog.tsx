import { useApi } from "../api/api-context.tsx";
import type { Backup } from "../api/client.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { createJobRequest } from "./create-job-request.ts";
import { createUnlock } from "./create-unlock.ts";
import { UnlockField } from "./unlock-field.tsx";

/** Checks an encrypted backup as ciphertext, or with its key file by file. */
export function VerifyDialog(props: { backup: Backup; onClose: () => void }) {
  const api = useApi();
  const unlock = createUnlock(() => props.backup.encryption);
  const request = createJobRequest();
  const submit = async () => {
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
    <FormDialog
      title={t("verify.title")}
      description={t("verify.text")}
      submit={t("backup.verify")}
      busy={request.asking()}
      error={request.error()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <UnlockField form={unlock} hint={t("verify.hint")} autofocus />
    </FormDialog>
  );
}
