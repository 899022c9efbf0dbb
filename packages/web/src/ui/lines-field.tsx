import { createUniqueId } from "solid-js";

/** A field for many lines, typed or pasted from a list. */
export function LinesField(props: {
  label: string;
  value: string;
  onInput: (text: string) => void;
  placeholder: string;
  hint: string;
  /** Replaces the hint. */
  error?: string | undefined;
}) {
  const [field, hint] = [createUniqueId(), createUniqueId()];
  return (
    <div class="flex flex-col gap-1">
      <label for={field} class="text-sm font-medium">
        {props.label}
      </label>
      <textarea
        data-autofocus
        id={field}
        rows={6}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        placeholder={props.placeholder}
        aria-describedby={hint}
        aria-invalid={props.error ? "true" : undefined}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        wrap="off"
        class="w-full resize-y rounded-md border border-line-2 bg-surface px-2.5 py-1.5 font-mono text-sm hover:border-text-3 focus-visible:-outline-offset-1 aria-invalid:border-error"
      />
      <p id={hint} class={`text-xs ${props.error ? "text-error" : "text-text-3"}`}>
        {props.error ?? props.hint}
      </p>
    </div>
  );
}
