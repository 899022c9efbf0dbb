import type { FormField } from "@claw/core/config-forms/describe-forms";
import { Match, Switch } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Select } from "../ui/select.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { FormText } from "./create-form-text.ts";
import { fieldName } from "./form-words.ts";
import { SecretInput } from "./secret-input.tsx";

/** The problem of the value at a path, in words. */
export type IssueAt = (path: readonly string[]) => string | undefined;

interface FormInputProps {
  field: FormField;
  form: FormText;
  issueAt: IssueAt;
  /** It must have a value, because what it belongs to is in use. */
  isNeeded?: boolean;
}

/** A field of a form, which changes the text. */
export function FormInput(props: FormInputProps) {
  const shown = () => props.form.shown(props.field);
  const error = () => {
    const lacks = props.isNeeded && props.field.isRequired && shown().kind === "absent";
    return props.issueAt(props.field.path) ?? (lacks ? t("forms.required") : undefined);
  };
  return (
    <Switch fallback={<TextInput {...props} error={error()} />}>
      <Match when={shown().kind === "other"}>
        <TextField
          label={fieldName(props.field.path)}
          value=""
          onInput={() => undefined}
          hint={t("forms.other")}
          error={error()}
          disabled
        />
      </Match>
      <Match when={props.field.kind === "secret"}>
        <SecretInput field={props.field} form={props.form} error={error()} />
      </Match>
      <Match when={props.field.kind === "choice"}>
        <Choice {...props} error={error()} />
      </Match>
    </Switch>
  );
}

function TextInput(props: FormInputProps & { error: string | undefined }) {
  const text = () => {
    const shown = props.form.shown(props.field);
    return shown.kind === "text" ? shown.text : "";
  };
  const isZone = () => props.field.path.at(-1) === "userTimezone";
  return (
    <TextField
      label={fieldName(props.field.path)}
      value={text()}
      onInput={(value) => props.form.set(props.field, value)}
      placeholder={props.field.default ?? ""}
      suggestions={isZone() ? Intl.supportedValuesOf("timeZone") : []}
      hint={<FieldHint field={props.field} />}
      error={props.error}
      required={props.field.isRequired}
    />
  );
}

/** Stands for no value of its own. */
const NONE = "";

function Choice(props: FormInputProps & { error: string | undefined }) {
  const current = () => {
    const shown = props.form.shown(props.field);
    return shown.kind === "text" ? shown.text : NONE;
  };
  const options = () => {
    const { choices, default: standard } = props.field;
    const none = standard === null ? t("forms.default") : t("forms.defaultOf", { value: standard });
    const others = current() === NONE || choices.includes(current()) ? [] : [current()];
    return [
      { value: NONE, label: none },
      ...[...choices, ...others].map((value) => ({ value, label: value })),
    ];
  };
  return (
    <Select
      label={fieldName(props.field.path)}
      value={current()}
      options={options()}
      onChange={(value) => props.form.set(props.field, value)}
      hint={<FieldHint field={props.field} />}
      error={props.error}
    />
  );
}

/** What OpenClaw says of it, and where it stands in the text. */
function FieldHint(props: { field: FormField }) {
  return (
    <>
      {props.field.help} <code class="wrap-anywhere">{props.field.path.join(".")}</code>
    </>
  );
}
