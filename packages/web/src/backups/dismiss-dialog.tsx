import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Snapshot } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { formatBytes } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

/** Confirms the deletion of a snapshot, the last copy of the replaced data. */
export function DismissDialog(props: {
  copy: Snapshot;
  onDismissed: () => void;
  onClose: () => void;
}) {
  const api = useApi();
  const call = createCall(async () => {
    await api.trpc.backups.dismissSnapshot.mutate({ id: props.copy.id });
    props.onDismissed();
    props.onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("dismiss.title", { name: props.copy.name })}
      description={t("dismiss.text", { size: formatBytes(props.copy.bytes) })}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button variant="danger" busy={call.busy()} onClick={() => void call.run(undefined)}>
            {t("dismiss.confirm")}
          </Button>
        </>
      }
    >
      <Show when={call.error()}>{(thrown) => <FailureNotice error={thrown()} />}</Show>
    </Dialog>
  );
}
