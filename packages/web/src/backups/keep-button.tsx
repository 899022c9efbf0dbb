import { createSignal, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Snapshot } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";

/** Keeps the data of a restore although its instance was slow to start with it. */
export function KeepButton(props: { copy: Snapshot; onKept: () => void }) {
  const api = useApi();
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  const keep = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api.trpc.backups.keepRestored.mutate({ id: props.copy.id });
      props.onKept();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        small
        busy={busy()}
        aria-label={t("safety.keepNamed", { name: props.copy.name })}
        onClick={() => void keep()}
      >
        {t("safety.keep")}
      </Button>
      <Show when={error()}>{(thrown) => <FailureNotice error={thrown()} />}</Show>
    </>
  );
}
