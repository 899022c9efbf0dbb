import { createSignal, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createCall } from "../../api/create-call.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { useMe } from "../../session/session-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { showToast } from "../../ui/toast.tsx";
import { createNewPassword } from "../create-new-password.ts";
import { NewPasswordFields } from "../new-password-fields.tsx";
import { createOwnPassword, OwnPasswordField } from "../own-password.tsx";
import { RevokeOthers } from "../revoke-others.tsx";

export function PasswordCard() {
  const { auth } = useApi().trpc;
  const me = useMe();
  const own = createOwnPassword();
  const [revokes, setRevokes] = createSignal(true);
  const form = createNewPassword();
  const call = createCall(
    async (newPassword: string) => {
      const revokeOthers = revokes();
      await auth.changePassword.mutate({ password: own.value(), newPassword, revokeOthers });
      own.set("");
      form.clear();
      showToast({
        kind: "success",
        title: t("account.password.changed"),
        ...(revokeOthers && { text: t("account.password.changed.text") }),
      });
    },
    ...[own.refusals, form.refusals],
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = form.submit();
    if (chosen !== null && own.value() !== "") void call.run(chosen);
  };
  return (
    <Card title={t("account.password")}>
      <form onSubmit={submit} novalidate class="flex flex-col gap-4">
        <p class="text-sm text-text-2">{t("account.password.text")}</p>
        <Show when={call.error()}>{(error) => <FailureNotice error={error()} brief />}</Show>
        {/* Tells password managers whose password it is. */}
        <input class="hidden" readonly autocomplete="username" value={me().username} />
        <OwnPasswordField form={own} />
        <NewPasswordFields form={form} />
        <RevokeOthers checked={revokes()} onToggle={setRevokes} />
        <Button type="submit" class="self-start" busy={call.busy()} disabled={own.value() === ""}>
          {t("account.password.change")}
        </Button>
      </form>
    </Card>
  );
}
