import { useApi } from "../api/api-context.tsx";
import type { Snapshot } from "../api/client.ts";
import { createButtonCall } from "../api/create-button-call.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";

/** Keeps the data of a restore although its instance was slow to start with it. */
export function KeepButton(props: { copy: Snapshot; onKept: () => void }) {
  const api = useApi();
  const keep = createButtonCall(
    () => t("safety.keep"),
    async () => {
      await api.trpc.backups.keepRestored.mutate({ id: props.copy.id });
      props.onKept();
    },
  );
  return (
    <Button
      small
      busy={keep.busy()}
      aria-label={t("safety.keepNamed", { name: props.copy.name })}
      onClick={() => void keep.run()}
    >
      {t("safety.keep")}
    </Button>
  );
}
