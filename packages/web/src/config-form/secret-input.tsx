import type { FormField } from "@claw/core/config-forms/describe-forms";
import { createEffect, createSignal, on, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { FormText } from "./create-form-text.ts";
import { fieldName } from "./form-words.ts";

/** A secret that is written, but never shown: what the file has stays until another is typed. */
export function SecretInput(props: {
  field: FormField;
  form: FormText;
  error?: string | undefined;
}) {
  const [typed, setTyped] = createSignal("");
  const raw = () => props.form.raw(props.field);
  const inFile = () => props.form.inFile(props.field);
  const isSet = () => props.form.shown(props.field).kind === "set";
  /** Empty as soon as the text has another, as after an undo. */
  const value = () => (raw() === typed() ? typed() : "");
  const type = (next: string) => {
    setTyped(next);
    props.form.set(props.field, next === "" ? inFile() : next);
  };
  // Once it is saved it is as secret as any; what was typed meanwhile is not.
  createEffect(on(inFile, (saved) => saved === raw() && setTyped(""), { defer: true }));
  return (
    <div class="flex flex-wrap items-end gap-2">
      <div class="min-w-0 flex-1 basis-56">
        <TextField
          type="password"
          autocomplete="new-password"
          label={fieldName(props.field.path)}
          value={value()}
          onInput={type}
          placeholder={isSet() ? "••••••••" : ""}
          required={props.field.isRequired && !isSet()}
          hint={
            isSet() && value() === "" ? (
              t("forms.secretSet")
            ) : (
              <code>{props.field.path.join(".")}</code>
            )
          }
          error={props.error}
          mono
        />
      </div>
      <Show when={isSet() && value() === ""}>
        <Button
          variant="ghost"
          class="mb-5"
          aria-label={t("forms.removeSecret", { name: fieldName(props.field.path) })}
          onClick={() => props.form.set(props.field, null)}
        >
          {t("forms.remove")}
        </Button>
      </Show>
    </div>
  );
}
