import { createSignal, Show } from "solid-js";
import { openInstance } from "../actions/open-instance.tsx";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { useMe } from "../session/session-context.tsx";
import { Button } from "../ui/button.tsx";

/** Offers full access to a colleague's instance, which otherwise opens read-only. */
export function ForeignAccess(props: { instance: Instance }) {
  const api = useApi();
  const me = useMe();
  const [busy, setBusy] = createSignal(false);
  const owner = () => {
    const { owner: name, opensBy } = props.instance;
    return name === me().username || opensBy === "unserved" ? undefined : (name ?? undefined);
  };
  const open = async (): Promise<void> => {
    const { id, name } = props.instance;
    setBusy(true);
    try {
      await openInstance(api, id, "full");
    } catch (error) {
      showFailure(t("failed.open", { name }), error, open);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show when={owner()}>
      {(name) => (
        <div class="mt-3 flex flex-col items-start gap-2 border-t pt-3">
          <p class="text-xs text-text-3">{t("overview.access.foreign", { owner: name() })}</p>
          <Button icon="open" busy={busy()} onClick={() => void open()}>
            {t("overview.access.full")}
          </Button>
        </div>
      )}
    </Show>
  );
}
