import { createSignal } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Backup } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";

type Action = "download" | "verify" | "pin" | "note";

/** Actions on one backup that need no confirmation. */
export function createBackupActions(backup: () => Backup) {
  const api = useApi();
  const [busy, setBusy] = createSignal<Action>();

  const run = async (
    action: Action,
    failed: string,
    act: () => Promise<unknown>,
  ): Promise<boolean> => {
    if (busy()) return false;
    setBusy(action);
    try {
      await act();
      return true;
    } catch (error) {
      // A note stays in its field, with its save button.
      showFailure(failed, error, action === "note" ? undefined : () => run(action, failed, act));
      return false;
    } finally {
      setBusy(undefined);
    }
  };
  return {
    busy,
    download: () =>
      run("download", t("failed.download"), async () => {
        const { url } = await api.trpc.backups.downloadTicket.mutate({ id: backup().id });
        followLink(url, backup().filename);
      }),
    verify: () =>
      run("verify", t("failed.verify"), () => api.trpc.backups.verify.mutate({ id: backup().id })),
    setPinned: (pinned: boolean) =>
      run("pin", t("failed.backupChange"), () =>
        api.trpc.backups.update.mutate({ id: backup().id, pinned }),
      ),
    setNote: (note: string) =>
      run("note", t("failed.backupChange"), () =>
        api.trpc.backups.update.mutate({ id: backup().id, note }),
      ),
  };
}

/** The browser downloads the address, with its own progress; the page stays. */
function followLink(url: string, filename: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = filename;
  link.click();
}
