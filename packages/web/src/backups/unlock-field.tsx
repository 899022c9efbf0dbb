import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { TextField } from "../ui/text-field.tsx";
import type { UnlockForm } from "./create-unlock.ts";

/** Not translated. */
const KEY_LOOK = "AGE-SECRET-KEY-…";

/** Asks for the key of an encrypted backup; empty for others. */
export function UnlockField(props: { form: UnlockForm; hint?: string; autofocus?: boolean }) {
  return (
    <Show when={props.form.encryption()}>
      {(kind) => (
        <TextField
          type="password"
          label={kind() === "passphrase" ? t("unlock.passphrase") : t("unlock.identity")}
          value={props.form.secret()}
          onInput={props.form.setSecret}
          error={props.form.problem()}
          hint={props.hint ?? t("unlock.hint")}
          placeholder={kind() === "passphrase" ? "" : KEY_LOOK}
          autofocus={props.autofocus ?? false}
        />
      )}
    </Show>
  );
}
