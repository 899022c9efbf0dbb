import { createUniqueId } from "solid-js";
import { Icon } from "./icon.tsx";
import { INPUT } from "./text-field.tsx";

/** The label is also the placeholder: what can be searched for. */
export function SearchField(props: {
  label: string;
  value: string;
  onInput: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  class?: string;
}) {
  const id = createUniqueId();
  return (
    <div class={`relative ${props.class ?? ""}`}>
      <label for={id} class="sr-only">
        {props.label}
      </label>
      <Icon name="search" class="pointer-events-none absolute top-2 left-2.5 text-text-3" />
      <input
        id={id}
        type="search"
        value={props.value}
        placeholder={props.label}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onKeyDown={(event) => props.onKeyDown?.(event)}
        class={`${INPUT} pl-8`}
      />
    </div>
  );
}
