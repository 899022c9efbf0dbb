import { Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { useBatch } from "../bulk/batch-context.tsx";
import { t } from "../i18n/i18n.ts";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";

/** An instance that opens by its token although the panel could serve it may change. */
export function TokenAccess(props: { instance: Instance }) {
  const may = useMay();
  const batch = useBatch();
  const migrate = () => {
    const { id, name } = props.instance;
    batch.begin({ kind: "migrate", items: [{ id, name }] });
  };
  return (
    <Show when={props.instance.opensBy === "token-migratable" && may("migrateInstances")}>
      <div class="mt-3 flex flex-col items-start gap-2 border-t pt-3">
        <p class="text-xs text-text-3">{t("overview.access.byToken")}</p>
        <Button icon="open" disabled={batch.runner.calling()} onClick={migrate}>
          {t("overview.access.migrate")}
        </Button>
      </div>
    </Show>
  );
}
