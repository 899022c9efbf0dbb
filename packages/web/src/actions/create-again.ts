import type { Api, RouterInputs } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";

/** Undoes the deletion of an instance whose data was kept: same id, name and port. */
export async function createAgain(
  api: Api,
  instance: RouterInputs["instances"]["create"],
): Promise<void> {
  const { name } = instance;
  try {
    await api.trpc.instances.create.mutate(instance);
    showToast({ kind: "success", title: t("undo.createdAgain", { name }) });
  } catch (error) {
    showFailure(t("failed.createAgain", { name }), error, () => createAgain(api, instance));
  }
}
