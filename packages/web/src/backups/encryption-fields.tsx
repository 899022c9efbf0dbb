import { Match, Switch } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import { Select } from "../ui/select.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { BackupForm } from "./create-backup-form.ts";
import { RecipientsField } from "./recipients-field.tsx";

/** The encryption of a backup, with its cost. */
export function EncryptionFields(props: { form: BackupForm }) {
  return (
    <div class="flex flex-col gap-3">
      <Select
        label={t("encryption.label")}
        value={props.form.fields.encryption}
        onChange={(choice) => props.form.set("encryption", choice)}
        options={[
          { value: "none", label: t("encryption.none") },
          { value: "passphrase", label: t("encryption.passphrase") },
          { value: "recipients", label: t("encryption.recipients") },
        ]}
      />
      <Switch fallback={<p class="text-xs text-text-3">{t("encryption.none.hint")}</p>}>
        <Match when={props.form.fields.encryption === "passphrase"}>
          <Warning text={t("encryption.passphrase.warning")} />
          <TextField
            type="password"
            label={t("unlock.passphrase")}
            value={props.form.fields.passphrase}
            onInput={(text) => props.form.set("passphrase", text)}
            error={props.form.error("passphrase")}
          />
          <TextField
            type="password"
            label={t("encryption.again")}
            value={props.form.fields.again}
            onInput={(text) => props.form.set("again", text)}
            error={props.form.error("again")}
          />
        </Match>
        <Match when={props.form.fields.encryption === "recipients"}>
          <Warning text={t("encryption.recipients.warning")} />
          <RecipientsField
            value={props.form.fields.recipients}
            onInput={(text) => props.form.set("recipients", text)}
            error={props.form.error("recipients")}
            hint={t("encryption.keys.hint")}
          />
        </Match>
      </Switch>
    </div>
  );
}

function Warning(props: { text: string }) {
  return (
    <p class="flex gap-2.5 rounded-md bg-unknown-tint px-3 py-2.5 text-sm">
      <Icon name="alert" class="mt-0.5 text-unknown" />
      {props.text}
    </p>
  );
}
