import { createUniqueId } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { INPUT } from "../ui/text-field.tsx";

/** A value to copy that is shown only once. */
export function SecretField(props: { label: string; value: string }) {
  const id = createUniqueId();
  return (
    <div class="flex flex-col gap-1">
      <label for={id} class="text-sm font-medium">
        {props.label}
      </label>
      <div class="flex items-center gap-1">
        <input
          id={id}
          readonly
          value={props.value}
          onFocus={(event) => event.currentTarget.select()}
          class={`${INPUT} font-mono text-sm`}
        />
        <CopyButton text={props.value} label={t("action.copy", { what: props.label })} />
      </div>
    </div>
  );
}
