import { createSignal, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Snapshot } from "../api/client.ts";
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
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  const dismiss = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api.trpc.backups.dismissSnapshot.mutate({ id: props.copy.id });
      props.onDismissed();
      props.onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("dismiss.title", { name: props.copy.name })}
      description={t("dismiss.text", { size: formatBytes(props.copy.bytes) })}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button variant="danger" busy={busy()} onClick={() => void dismiss()}>
            {t("dismiss.confirm")}
          </Button>
        </>
      }
    >
      <Show when={error()}>{(thrown) => <FailureNotice error={thrown()} />}</Show>
    </Dialog>
  );
}
