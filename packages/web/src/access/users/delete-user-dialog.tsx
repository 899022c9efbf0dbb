import type { User } from "@claw/core/access/user";
import { For, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createCall } from "../../api/create-call.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { showToast } from "../../ui/toast.tsx";

/** Says what ends and what stays. */
export function DeleteUserDialog(props: {
  user: User;
  onDeleted: () => Promise<void>;
  onClose: () => void;
}) {
  const { users } = useApi().trpc;
  const call = createCall(async () => {
    const { username, displayName } = props.user;
    await users.remove.mutate({ username });
    showToast({ kind: "success", title: t("users.deleted", { name: displayName }) });
    // First, so that the focus does not return to a row that is about to disappear.
    await props.onDeleted();
    props.onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("users.delete.title", { name: props.user.displayName })}
      description={t("users.delete.text")}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button variant="danger" busy={call.busy()} onClick={() => void call.run(undefined)}>
            {t("users.delete.confirm")}
          </Button>
        </>
      }
    >
      <Show when={call.error()}>{(error) => <FailureNotice error={error()} />}</Show>
      <Show when={props.user.instanceIds.length > 0}>
        <ul aria-label={t("users.column.instances")} class="flex flex-wrap gap-1.5">
          <For each={props.user.instanceIds}>
            {(id) => <li class="rounded-md border px-2 font-mono text-xs leading-6">{id}</li>}
          </For>
        </ul>
      </Show>
    </Dialog>
  );
}
