import { createSignal, For, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Backup } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { formatBytes } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { Icon } from "../ui/icon.tsx";
import { TextField } from "../ui/text-field.tsx";
import { showToast } from "../ui/toast.tsx";
import { useBackupFeed } from "./backup-context.ts";
import { backupTitle } from "./backup-words.ts";
import { lastCopies } from "./last-copies.ts";

/** Says what is lost; where it is the last copy of instances, their number must be typed. */
export function DeleteBackupDialog(props: { backup: Backup; onClose: () => void }) {
  const api = useApi();
  const live = useLive();
  const feed = useBackupFeed();
  const [typed, setTyped] = createSignal("");
  // The state at opening: the list changes while the dialog closes.
  const last = lastCopies(props.backup, feed.list());
  const gone = last.filter(({ id }) => live.instances.get(id) === undefined);
  const count = props.backup.instanceCount;
  const confirmed = () => gone.length === 0 || typed().trim() === String(count);

  const call = createCall(async () => {
    await api.trpc.backups.remove.mutate({ id: props.backup.id });
    showToast({ kind: "success", title: t("deleteBackup.done") });
    props.onClose();
  });
  const submit = () => {
    if (confirmed()) void call.run(undefined);
  };
  return (
    <FormDialog
      title={t("deleteBackup.title")}
      description={t("deleteBackup.text", {
        name: backupTitle(props.backup),
        count,
        size: formatBytes(props.backup.size),
      })}
      submit={t("deleteBackup.confirm")}
      danger
      busy={call.busy()}
      disabled={!confirmed()}
      error={call.error()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Show when={last.length > 0}>
        <div class="flex gap-2.5 rounded-md bg-unknown-tint px-3 py-2.5">
          <Icon name="alert" class="mt-0.5 text-unknown" />
          <div class="min-w-0 flex-1">
            <p class="font-medium">{t("deleteBackup.last", { count: last.length })}</p>
            <ul tabindex={0} aria-label={t("nav.instances")} class="max-h-36 overflow-y-auto">
              <For each={last}>
                {({ id, name }) => (
                  <li class="text-sm">
                    {name} <span class="font-mono text-xs text-text-3">{id}</span>
                    <Show when={live.instances.get(id) === undefined}>
                      <span class="text-error"> · {t("deleteBackup.gone")}</span>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </div>
        </div>
      </Show>
      <Show when={gone.length > 0}>
        <TextField
          label={t("deleteBackup.typeCount", { count })}
          value={typed()}
          onInput={setTyped}
          autofocus
        />
      </Show>
    </FormDialog>
  );
}
