import { createSignal } from "solid-js";
import { createRefusals } from "../api/create-refusals.ts";
import { t } from "../i18n/i18n.ts";
import { TextField } from "../ui/text-field.tsx";

/** The user's own password, so that an unattended browser is not enough for sensitive changes. */
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
      // The refusal's own words fit only where a user name was entered.
      error={isRefused() ? t("account.password.wrong") : undefined}
      answered={isRefused()}
      autocomplete="current-password"
      autofocus={props.autofocus ?? false}
    />
  );
}
