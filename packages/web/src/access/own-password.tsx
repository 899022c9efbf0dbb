import { createSignal } from "solid-js";
import { createRefusals } from "../api/create-refusals.ts";
import { t } from "../i18n/i18n.ts";
import { TextField } from "../ui/text-field.tsx";

/** One's own password: whoever merely sits here must not do what it is asked for. */
export function createOwnPassword() {
  const [value, set] = createSignal("");
  return { value, set, refusals: createRefusals({ CREDENTIALS_WRONG: "password" }, value) };
}

export function OwnPasswordField(props: {
  form: ReturnType<typeof createOwnPassword>;
  autofocus?: boolean;
}) {
  const isRefused = () => props.form.refusals.of("password") !== undefined;
  return (
    <TextField
      label={t("account.password.current")}
      type="password"
      value={props.form.value()}
      onInput={props.form.set}
      // Who is signed in gave no user name here, of which the refusal's own words speak.
      error={isRefused() ? t("account.password.wrong") : undefined}
      answered={isRefused()}
      autocomplete="current-password"
      autofocus={props.autofocus ?? false}
    />
  );
}
