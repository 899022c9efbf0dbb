import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { TextField } from "../ui/text-field.tsx";
import type { PolicyForm } from "./create-policy-form.ts";
import { retentionWords } from "./policy-words.ts";

/** Retention, in numbers and in a sentence. */
export function KeepFields(props: { form: PolicyForm }) {
  const wrong = () =>
    (["keepLast", "keepDaily", "keepWeekly"] as const).some((field) => props.form.error(field));
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="mb-2 font-medium">{t("policy.keep")}</legend>
      <div class="grid grid-cols-1 gap-3 sm:grid-cols-3">
        <TextField
          label={t("policy.keep.last")}
          value={props.form.fields.keepLast}
          onInput={(text) => props.form.setKeep("keepLast", text)}
          error={props.form.error("keepLast")}
        />
        <TextField
          label={t("policy.keep.daily")}
          value={props.form.fields.keepDaily}
          onInput={(text) => props.form.setKeep("keepDaily", text)}
          error={props.form.error("keepDaily")}
        />
        <TextField
          label={t("policy.keep.weekly")}
          value={props.form.fields.keepWeekly}
          onInput={(text) => props.form.setKeep("keepWeekly", text)}
          error={props.form.error("keepWeekly")}
        />
      </div>
      <Show when={!wrong()}>
        <p role="status" class="text-sm text-text-2">
          {retentionWords(props.form.value())}
        </p>
      </Show>
      <p class="text-xs text-text-3">{t("policy.keep.pinned")}</p>
    </fieldset>
  );
}
