import { useNavigate } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import { createCall } from "../../api/create-call.ts";
import { createRefusals } from "../../api/create-refusals.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { paths } from "../../routes.ts";
import { useSession } from "../../session/session-context.tsx";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { createNewPassword } from "../create-new-password.ts";
import { NewPasswordFields } from "../new-password-fields.tsx";
import { EntryPage } from "./entry-page.tsx";
import { takeFromFragment } from "./fragment-secret.ts";

/** Creates the first administrator; requires the code in the panel's terminal. */
export function SetupPage() {
  const session = useSession();
  const navigate = useNavigate();
  const given = takeFromFragment("code");
  const [code, setCode] = createSignal(given.value);
  const [username, setUsername] = createSignal("admin");
  const password = createNewPassword();
  const refusals = createRefusals({ SETUP_CODE_WRONG: "code" }, code);
  const call = createCall(
    async (chosen: string) => {
      const input = { code: code().trim(), username: username().trim(), password: chosen };
      const signedIn = await session.anonymous.setup.mutate(input);
      given.forget();
      navigate(paths.dashboard, { replace: true });
      session.enter(signedIn);
    },
    ...[refusals, password.refusals],
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = password.submit();
    if (chosen !== null) void call.run(chosen);
  };
  return (
    <EntryPage title={t("setup.title")} text={t("setup.text")}>
      <form onSubmit={submit} novalidate class="flex flex-col gap-4">
        <Show when={call.error()}>{(error) => <FailureNotice error={error()} />}</Show>
        <TextField
          label={t("setup.code")}
          value={code()}
          onInput={setCode}
          error={refusals.of("code")}
          answered
          hint={t("setup.code.hint")}
          autofocus={given.value === ""}
          mono
        />
        <TextField
          label={t("user.username")}
          value={username()}
          onInput={setUsername}
          hint={t("user.username.hint")}
          autocomplete="username"
        />
        <NewPasswordFields form={password} autofocus={given.value !== ""} />
        <Button
          type="submit"
          variant="primary"
          class="h-9! w-full"
          busy={call.busy()}
          disabled={code().trim() === "" || username().trim() === ""}
        >
          {t("setup.submit")}
        </Button>
      </form>
    </EntryPage>
  );
}
