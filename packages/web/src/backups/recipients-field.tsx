import { createUniqueId, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";

/** Not translated. */
const KEY_LOOK = "age1…";

/** age public keys, one per line. */
export function RecipientsField(props: {
  value: string;
  onInput: (value: string) => void;
  error: string | undefined;
  hint: string;
}) {
  const [field, hint] = [createUniqueId(), createUniqueId()];
  return (
    <div class="flex flex-col gap-1">
      <label for={field} class="text-sm font-medium">
        {t("encryption.keys")}
      </label>
      <textarea
        id={field}
        rows={3}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        aria-describedby={hint}
        aria-invalid={props.error ? "true" : undefined}
        placeholder={KEY_LOOK}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        class="w-full resize-y rounded-md border border-line-2 bg-surface px-2.5 py-1.5 font-mono text-sm hover:border-text-3 focus-visible:-outline-offset-1 aria-invalid:border-error"
      />
      <p id={hint} class={`text-xs ${props.error ? "text-error" : "text-text-3"}`}>
        <Show when={props.error} fallback={props.hint}>
          {props.error}
        </Show>
      </p>
    </div>
  );
}
