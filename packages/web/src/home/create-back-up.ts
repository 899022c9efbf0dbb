import type { Api, Instance, Job } from "../api/client.ts";
import { createButtonCall } from "../api/create-button-call.ts";
import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";

/** Backs up one instance with the defaults; reports the end on any page. */
export function createBackUp(
  api: Api,
  instance: () => Pick<Instance, "id" | "name">,
  tellEnd: (job: Job) => void,
) {
  return createButtonCall(
    () => t("failed.backUp", { name: instance().name }),
    async () => {
      const { id, name } = instance();
      tellEnd(await api.trpc.backups.create.mutate({ instanceIds: [id] }));
      showToast({ kind: "info", title: t("home.backUp.begun", { name }) });
    },
  );
}
