import { createSignal, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createCall } from "../../api/create-call.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { ROLE_WORDS } from "../../session/role-words.ts";
import { useMe, useSession } from "../../session/session-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { showToast } from "../../ui/toast.tsx";

export function ProfileCard() {
  const { auth } = useApi().trpc;
  const session = useSession();
  const me = useMe();
  const [name, setName] = createSignal(me().displayName);
  const call = createCall(async (displayName: string) => {
    await auth.updateProfile.mutate({ displayName });
    session.update({ displayName });
    showToast({ kind: "success", title: t("account.saved") });
  });
  const changed = () => name().trim() !== "" && name().trim() !== me().displayName;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (changed()) void call.run(name().trim());
  };
  return (
    <Card title={t("account.profile")}>
      <form onSubmit={submit} novalidate class="flex flex-col gap-4">
        <Show when={call.error()}>{(error) => <FailureNotice error={error()} />}</Show>
        <Facts>
          <Fact label={t("user.username")}>
            <span class="font-mono text-sm">{me().username}</span>
          </Fact>
          <Fact label={t("account.role")}>{t(ROLE_WORDS[me().role])}</Fact>
        </Facts>
        <TextField label={t("account.displayName")} value={name()} onInput={setName} />
        <Button type="submit" class="self-start" busy={call.busy()} disabled={!changed()}>
          {t("account.save")}
        </Button>
      </form>
    </Card>
  );
}
