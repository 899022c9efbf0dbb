import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createCall } from "../api/create-call.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";

/** The gateway does not let the panel ask: its configuration is older, or its owner chose so. */
export function DevicesOff(props: { id: string }) {
  const api = useApi();
  const may = useMay();
  const call = createCall(async () => {
    await api.trpc.batches.run.mutate({ action: "migrate", ids: [props.id] });
    showToast({ kind: "success", title: t("devices.turningOn") });
  });
  return (
    <div class="flex flex-col items-start gap-3">
      <p class="text-text-2">{t("devices.switchedOff")}</p>
      <Show when={may("createInstances")}>
        <Button small busy={call.busy()} onClick={() => void call.run(undefined)}>
          {t("devices.turnOn")}
        </Button>
      </Show>
      <Show when={call.error()}>{(thrown) => <FailureNotice error={thrown()} />}</Show>
    </div>
  );
}
