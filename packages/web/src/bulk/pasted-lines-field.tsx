import { createUniqueId } from "solid-js";

/** A field for many lines, pasted from a list or a spreadsheet. */
export function PastedLinesField(props: {
  label: string;
  value: string;
  onInput: (text: string) => void;
  placeholder: string;
  hint: string;
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
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        wrap="off"
        class="w-full resize-y rounded-md border border-line-2 bg-surface px-2.5 py-1.5 font-mono text-sm hover:border-text-3 focus-visible:-outline-offset-1"
      />
      <p id={hint} class="text-xs text-text-3">
        {props.hint}
      </p>
    </div>
  );
}
