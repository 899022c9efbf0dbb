import { t } from "../i18n/i18n.ts";
import { TextField } from "../ui/text-field.tsx";
import type { NewPassword } from "./create-new-password.ts";

export function NewPasswordFields(props: { form: NewPassword; autofocus?: boolean }) {
  return (
    <>
      <TextField
        label={t("password.new")}
        type="password"
        value={props.form.fields.password}
        onInput={(value) => props.form.set("password", value)}
        error={props.form.error("password")}
        answered={props.form.refusals.of("password") !== undefined}
        hint={t("password.hint")}
        autocomplete="new-password"
        autofocus={props.autofocus ?? false}
      />
      <TextField
        label={t("password.repeat")}
        type="password"
        value={props.form.fields.repeated}
        onInput={(value) => props.form.set("repeated", value)}
        error={props.form.error("repeated")}
        autocomplete="new-password"
      />
    </>
  );
}
