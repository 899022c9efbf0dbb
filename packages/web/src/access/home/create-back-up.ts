import { createSignal } from "solid-js";
import type { Api, Instance } from "../../api/client.ts";
import { showFailure } from "../../api/show-failure.tsx";
import { t } from "../../i18n/i18n.ts";
import { showToast } from "../../ui/toast.tsx";

/** Backs up one instance, as the panel does it by default; the job tells how far it is. */
export function createBackUp(api: Api, instance: () => Pick<Instance, "id" | "name">) {
  const [busy, setBusy] = createSignal(false);
  const begin = async (): Promise<void> => {
    const { id, name } = instance();
    setBusy(true);
    try {
      await api.trpc.backups.create.mutate({ instanceIds: [id] });
      showToast({ kind: "info", title: t("home.backUp.begun", { name }) });
    } catch (error) {
      showFailure(t("failed.backUp", { name }), error, begin);
    } finally {
      setBusy(false);
    }
  };
  return { busy, begin };
}
