import { TextField as Kobalte } from "@kobalte/core/text-field";
import { createUniqueId, For, type JSX, Show } from "solid-js";

export interface TextFieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** A hint under the field; `error` replaces it. */
  hint?: JSX.Element;
  error?: string | undefined;
  /** The error is an answer, not a result of typing: it is read out. */
  answered?: boolean;
  type?: "text" | "password" | "url";
  placeholder?: string;
  /** Values to choose from; others can be typed. */
  suggestions?: readonly string[];
  /** The `autocomplete` hint for password managers. */
  autocomplete?: "username" | "current-password" | "new-password" | "one-time-code";
  mono?: boolean;
  required?: boolean;
  disabled?: boolean;
  autofocus?: boolean;
  onBlur?: () => void;
}

export const INPUT =
  "h-8 w-full rounded-md border border-line-2 bg-surface px-2.5 text-base text-text transition-colors " +
  "hover:border-text-3 disabled:opacity-60 data-[invalid]:border-error";

export function TextField(props: TextFieldProps) {
  const list = createUniqueId();
  return (
    <Kobalte
      value={props.value}
      onChange={props.onInput}
      validationState={props.error ? "invalid" : "valid"}
      required={props.required ?? false}
      disabled={props.disabled ?? false}
      class="flex flex-col gap-1"
    >
      <Kobalte.Label class="text-sm font-medium">{props.label}</Kobalte.Label>
      <Kobalte.Input
        type={props.type ?? "text"}
        placeholder={props.placeholder}
        list={props.suggestions?.length ? list : undefined}
        ref={(input: HTMLInputElement) => {
          // The attribute works only during page load.
          if (props.autofocus) queueMicrotask(() => input.focus());
        }}
        autofocus={props.autofocus}
        autocomplete={props.autocomplete ?? "off"}
        autocapitalize="off"
        spellcheck={false}
        onBlur={() => props.onBlur?.()}
        class={`${INPUT} ${props.mono ? "font-mono" : ""}`}
      />
      <Show when={props.suggestions?.length}>
        <datalist id={list}>
          <For each={props.suggestions}>{(value) => <option value={value} />}</For>
        </datalist>
      </Show>
      <Show when={props.hint && !props.error}>
        <Kobalte.Description class="text-xs text-text-3">{props.hint}</Kobalte.Description>
      </Show>
      <Kobalte.ErrorMessage class="text-xs text-error">
        <Show when={props.answered} fallback={props.error}>
          <span role="alert">
            <span>{props.error}</span>
          </span>
        </Show>
      </Kobalte.ErrorMessage>
    </Kobalte>
  );
}
