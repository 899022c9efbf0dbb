import type { User } from "@claw/core/access/user";
import { createSignal, onMount, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import type { OneTimeLink } from "../../api/client.ts";
import { createCall } from "../../api/create-call.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { formatExact } from "../../i18n/format.ts";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { copyText } from "../../ui/copy-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { showToast } from "../../ui/toast.tsx";
import { OneTimeLinkView } from "./one-time-link.tsx";

/** A one-time link for setting a password; created immediately for a new user. */
export function LinkDialog(props: { user: User; onClose: () => void }) {
  const { users } = useApi().trpc;
  const [link, setLink] = createSignal<OneTimeLink>();
  const call = createCall(async () => {
    setLink(await users.resetLink.mutate({ username: props.user.username }));
  });
  const description = () => {
    const made = link();
    if (!made) return props.user.hasPassword ? t("users.link.warning") : undefined;
    const time = formatExact(made.expiresAt);
    return t(props.user.hasPassword ? "users.link.text" : "invite.link.text", { time });
  };
  const copy = async () => {
    const url = link()?.url;
    if (url !== undefined && (await copyText(url)))
      showToast({ kind: "success", title: t("action.copied") });
  };
  onMount(() => {
    if (!props.user.hasPassword) void call.run(undefined);
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("users.link.title", { name: props.user.displayName })}
      description={description()}
      footer={
        <>
          <Button onClick={props.onClose}>{link() ? t("action.done") : t("action.cancel")}</Button>
          <Show
            when={link()}
            fallback={
              <Button variant="primary" busy={call.busy()} onClick={() => void call.run(undefined)}>
                {t("users.link.make")}
              </Button>
            }
          >
            <Button
              ref={(button) => queueMicrotask(() => button.focus())}
              variant="primary"
              icon="copy"
              onClick={() => void copy()}
            >
              {t("users.link.copy")}
            </Button>
          </Show>
        </>
      }
    >
      <Show when={call.error()}>{(error) => <FailureNotice error={error()} />}</Show>
      <Show when={link()}>
        {(made) => <OneTimeLinkView url={made().url} name={props.user.displayName} />}
      </Show>
    </Dialog>
  );
}
