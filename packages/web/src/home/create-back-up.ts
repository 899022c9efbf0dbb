import { createSignal } from "solid-js";
import type { Api, Instance, Job } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";

/** Backs up one instance with the defaults; reports the end on any page. */
export function createBackUp(
  api: Api,
  instance: () => Pick<Instance, "id" | "name">,
  tellEnd: (job: Job) => void,
) {
  const [busy, setBusy] = createSignal(false);
  const begin = async (): Promise<void> => {
    const { id, name } = instance();
    setBusy(true);
    try {
      tellEnd(await api.trpc.backups.create.mutate({ instanceIds: [id] }));
      showToast({ kind: "info", title: t("home.backUp.begun", { name }) });
    } catch (error) {
      showFailure(t("failed.backUp", { name }), error, begin);
    } finally {
      setBusy(false);
    }
  };
  return { busy, begin };
}
