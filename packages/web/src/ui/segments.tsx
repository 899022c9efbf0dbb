import { For } from "solid-js";

/** A few options side by side with a single choice. */
export function Segments<Value extends string>(props: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
}) {
  return (
    <fieldset class="flex rounded-md border bg-sunken p-0.5">
      <legend class="sr-only">{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <button
            type="button"
            aria-pressed={props.value === option.value}
            onClick={() => props.onChange(option.value)}
            class="h-6 rounded-sm border border-transparent px-2 text-xs whitespace-nowrap text-text-2 transition-colors hover:text-text aria-pressed:border-line-2 aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-text"
          >
            {option.label}
          </button>
        )}
      </For>
    </fieldset>
  );
}
