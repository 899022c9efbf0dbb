import { Show } from "solid-js";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { useSession } from "../../session/session-context.tsx";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { createLogin } from "./create-login.ts";
import { EntryNotice } from "./entry-notice.tsx";
import { EntryPage } from "./entry-page.tsx";

/** Replaces the requested page until the user signs in, and then shows that page. */
export function LoginPage() {
  const session = useSession();
  const login = createLogin();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (login.ready()) login.submit();
  };
  return (
    <EntryPage title={t("login.title")}>
      <form onSubmit={submit} novalidate class="flex flex-col gap-4">
        <Show when={login.error()} fallback={<Ended ended={session.ended()} />}>
          {(error) => <FailureNotice error={error()} brief />}
        </Show>
        <Show
          when={!login.asksCode()}
          fallback={
            <TextField
              label={t("login.code")}
              value={login.fields.totp}
              onInput={(value) => login.set("totp", value)}
              hint={t("login.code.hint")}
              error={login.refused()}
              answered
              autocomplete="one-time-code"
              autofocus
              mono
            />
          }
        >
          <TextField
            label={t("user.username")}
            value={login.fields.username}
            onInput={(value) => login.set("username", value)}
            autocomplete="username"
            autofocus
          />
          <TextField
            label={t("login.password")}
            type="password"
            value={login.fields.password}
            onInput={(value) => login.set("password", value)}
            autocomplete="current-password"
          />
        </Show>
        <Button
          type="submit"
          variant="primary"
          class="h-9! w-full"
          busy={login.busy()}
          disabled={!login.ready()}
        >
          {login.wait() > 0 ? t("login.wait", { seconds: login.wait() }) : t("login.submit")}
        </Button>
        <Show when={login.asksCode()}>
          <Button variant="ghost" onClick={login.restart}>
            {t("login.restart")}
          </Button>
        </Show>
      </form>
    </EntryPage>
  );
}

function Ended(props: { ended: boolean }) {
  return (
    <Show when={props.ended}>
      <EntryNotice title={t("login.ended")} text={t("login.ended.text")} />
    </Show>
  );
}
