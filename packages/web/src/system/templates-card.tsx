import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { SystemStatus } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { Card } from "../ui/card.tsx";
import { Switch } from "../ui/switch.tsx";
import { showToast } from "../ui/toast.tsx";

/** Whether templates may weaken isolation; for administrators only. */
export function TemplatesCard(props: { status: SystemStatus }) {
  const live = useLive();
  const { system } = useApi().trpc;
  const call = createCall(async (allowUnsafeTemplates: boolean) => {
    await system.saveSettings.mutate({ allowUnsafeTemplates });
    await live.system.refetch();
    showToast({ kind: "success", title: t("unsafe.changed") });
  });
  return (
    <Card title={t("unsafe.title")}>
      <div class="flex flex-col gap-3">
        <Show when={call.error()}>{(error) => <FailureNotice error={error()} />}</Show>
        <p class="text-text-2">{t("unsafe.text")}</p>
        <Switch
          label={t("unsafe.switch")}
          checked={props.status.allowUnsafeTemplates}
          onChange={(on) => void call.run(on)}
          disabled={call.busy()}
        />
        <p class="text-sm text-unknown">{t("unsafe.danger")}</p>
      </div>
    </Card>
  );
}
