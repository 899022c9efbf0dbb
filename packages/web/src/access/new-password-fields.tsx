import { createSignal } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { NewPassword } from "./create-new-password.ts";

export function NewPasswordFields(props: { form: NewPassword; autofocus?: boolean }) {
  const [shown, setShown] = createSignal(false);
  const type = () => (shown() ? "text" : "password");
  return (
    <>
      <TextField
        label={t("password.new")}
        type={type()}
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
        type={type()}
        value={props.form.fields.repeated}
        onInput={(value) => props.form.set("repeated", value)}
        error={props.form.error("repeated")}
        autocomplete="new-password"
      />
      <div class="-mt-2 flex items-center gap-1">
        <Checkbox label={t("password.show")} checked={shown()} onToggle={setShown} />
        <span aria-hidden="true" class="text-sm">
          {t("password.show")}
        </span>
      </div>
    </>
  );
}
