import { createSignal, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";

/** Ends the wait of a stop for running work; nothing while no stop waits. */
export function StopNow(props: { instance: Instance }) {
  const { instances } = useApi().trpc;
  const [busy, setBusy] = createSignal(false);
  const stop = async () => {
    const { id, name } = props.instance;
    setBusy(true);
    try {
      await instances.stopNow.mutate({ id });
    } catch (error) {
      showFailure(t("failed.stop", { name }), error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show when={props.instance.statusDetail?.code === "FINISHING_WORK"}>
      <Button
        small
        icon="stop"
        busy={busy()}
        aria-label={t("action.stopNowNamed", { name: props.instance.name })}
        onClick={() => void stop()}
      >
        {t("action.stopNow")}
      </Button>
    </Show>
  );
}
