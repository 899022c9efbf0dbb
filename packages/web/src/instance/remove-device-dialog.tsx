import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { PairedDevice } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { showToast } from "../ui/toast.tsx";
import { deviceName } from "./device-words.ts";

/** Confirms that a device is locked out. */
export function RemoveDeviceDialog(props: {
  instanceId: string;
  device: PairedDevice;
  onRemoved: () => void;
  onClose: () => void;
}) {
  const api = useApi();
  const name = () => deviceName(props.device);
  const call = createCall(async () => {
    const { deviceId } = props.device;
    await api.trpc.instances.removeDevice.mutate({ id: props.instanceId, deviceId });
    showToast({ kind: "success", title: t("devices.removed", { name: name() }) });
    props.onRemoved();
    props.onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("devices.remove.title", { name: name() })}
      description={t("devices.remove.text")}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button variant="danger" busy={call.busy()} onClick={() => void call.run(undefined)}>
            {t("devices.remove.confirm")}
          </Button>
        </>
      }
    >
      <Show when={call.error()}>{(thrown) => <FailureNotice error={thrown()} />}</Show>
    </Dialog>
  );
}
