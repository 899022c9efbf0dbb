import { useNavigate } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import { createCall } from "../../api/create-call.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { paths } from "../../routes.ts";
import { useSession } from "../../session/session-context.tsx";
import { Button } from "../../ui/button.tsx";
import { createNewPassword } from "../create-new-password.ts";
import { NewPasswordFields } from "../new-password-fields.tsx";
import { RevokeOthers } from "../revoke-others.tsx";
import { EntryNotice } from "./entry-notice.tsx";
import { EntryPage } from "./entry-page.tsx";
import { takeFromFragment } from "./fragment-secret.ts";

/** The page of a one-time link: sets a password for its account. */
export function RedeemPage() {
  const session = useSession();
  const navigate = useNavigate();
  const code = takeFromFragment("code");
  const password = createNewPassword();
  const [revokes, setRevokes] = createSignal(true);
  const [done, setDone] = createSignal<string>();
  const call = createCall(async (chosen: string) => {
    const { username } = await session.anonymous.redeemLink.mutate({
      ...{ code, password: chosen, revokeOthers: revokes() },
    });
    setDone(username);
  }, password.refusals);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = password.submit();
    if (chosen !== null) void call.run(chosen);
  };
  return (
    <EntryPage title={t("redeem.title")} text={done() ? undefined : t("redeem.text")}>
      <Show
        when={done()}
        fallback={
          <form onSubmit={submit} novalidate class="flex flex-col gap-4">
            <Show when={call.error()}>{(error) => <FailureNotice error={error()} />}</Show>
            <NewPasswordFields form={password} autofocus />
            <RevokeOthers checked={revokes()} onToggle={setRevokes} />
            <Button type="submit" variant="primary" class="h-9! w-full" busy={call.busy()}>
              {t("redeem.submit")}
            </Button>
          </form>
        }
      >
        {(username) => (
          <>
            <EntryNotice
              title={t("redeem.done")}
              text={t("redeem.done.text", { user: username() })}
            />
            <Button
              variant="primary"
              class="h-9! w-full"
              onClick={() => navigate(paths.dashboard, { replace: true })}
            >
              {t("redeem.goOn")}
            </Button>
          </>
        )}
      </Show>
    </EntryPage>
  );
}
