import { createSignal, Show } from "solid-js";
import { isAllowed, useInstanceActions } from "../actions/instance-actions.tsx";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { createQuery } from "../api/create-query.ts";
import { showFailure } from "../api/show-failure.tsx";
import { formatWhen } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { now } from "../ui/now.ts";

/** Goes back to the configuration with which the instance was healthy last, and starts it. */
export function LastGood(props: { instance: Instance }) {
  const api = useApi();
  const actions = useInstanceActions();
  const [busy, setBusy] = createSignal(false);
  const history = createQuery((signal) =>
    api.trpc.instances.configHistory.query({ id: props.instance.id, limit: 1 }, { signal }),
  );
  const lastGood = () => {
    const last = history.data()?.lastHealthy;
    return last && !last.current ? last : null;
  };

  const goBack = async (version: number): Promise<void> => {
    setBusy(true);
    try {
      await api.trpc.instances.restoreConfig.mutate({ id: props.instance.id, version });
      const again = isAllowed("restart", props.instance.status) ? "restart" : "start";
      await actions.run(props.instance, again);
      await history.refetch();
    } catch (error) {
      showFailure(t("history.failedBack"), error, () => goBack(version));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Show when={lastGood()}>
      {(last) => (
        <Button
          small
          variant="primary"
          busy={busy()}
          data-tip={t("history.back.tip", {
            version: String(last().version),
            when: formatWhen(last().at, now()),
          })}
          onClick={() => void goBack(last().version)}
        >
          {t("history.back")}
        </Button>
      )}
    </Show>
  );
}
