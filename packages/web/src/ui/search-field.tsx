import { createUniqueId, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Icon } from "./icon.tsx";
import { IconButton } from "./icon-button.tsx";
import { INPUT } from "./text-field.tsx";

/** The label is also the placeholder: what to search for. */
export function SearchField(props: {
  label: string;
  value: string;
  onInput: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  class?: string;
}) {
  const id = createUniqueId();
  let input: HTMLInputElement | undefined;
  return (
    <div class={`relative ${props.class ?? ""}`}>
      <label for={id} class="sr-only">
        {props.label}
      </label>
      <Icon name="search" class="pointer-events-none absolute top-2 left-2.5 text-text-3" />
      <input
        ref={input}
        id={id}
        type="search"
        value={props.value}
        placeholder={props.label}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onKeyDown={(event) => props.onKeyDown?.(event)}
        class={`${INPUT} px-8 [&::-webkit-search-cancel-button]:hidden`}
      />
      <Show when={props.value !== ""}>
        <IconButton
          icon="close"
          label={t("action.clear")}
          onClick={() => {
            props.onInput("");
            input?.focus();
          }}
          class="absolute top-0 right-0"
        />
      </Show>
    </div>
  );
}
