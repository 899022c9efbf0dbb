import { Select as Kobalte } from "@kobalte/core/select";
import { type JSX, Show } from "solid-js";
import { Icon } from "./icon.tsx";
import { useLayer } from "./layer.ts";
import { FLOATING, MENU_ITEM } from "./menu-look.ts";
import { INPUT } from "./text-field.tsx";

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
}

export interface SelectProps<Value extends string> {
  label: string;
  /** The label is above the field, or only for screen readers. */
  hideLabel?: boolean;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly SelectOption<Value>[];
  /** A hint under the field; `error` replaces it. */
  hint?: JSX.Element;
  error?: string | undefined;
  class?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const layer = useLayer();
  const selected = () => props.options.find((option) => option.value === props.value) ?? null;
  return (
    <Kobalte<SelectOption<Value>>
      options={[...props.options]}
      optionValue="value"
      optionTextValue="label"
      value={selected()}
      onChange={(option) => option && props.onChange(option.value)}
      disallowEmptySelection
      validationState={props.error ? "invalid" : "valid"}
      gutter={4}
      itemComponent={(item) => (
        <Kobalte.Item item={item.item} class={MENU_ITEM}>
          <Kobalte.ItemLabel class="flex-1">{item.item.rawValue.label}</Kobalte.ItemLabel>
          <Kobalte.ItemIndicator>
            <Icon name="check" />
          </Kobalte.ItemIndicator>
        </Kobalte.Item>
      )}
      class={`flex flex-col gap-1 ${props.class ?? ""}`}
    >
      <Kobalte.Label class={props.hideLabel ? "sr-only" : "text-sm font-medium"}>
        {props.label}
      </Kobalte.Label>
      <Kobalte.Trigger
        aria-invalid={props.error ? true : undefined}
        class={`${INPUT} flex items-center justify-between gap-2 text-left`}
      >
        <Kobalte.Value<SelectOption<Value>> class="truncate">
          {(state) => (
            <Show when={state.selectedOption()}>{(option) => <>{option().label}</>}</Show>
          )}
        </Kobalte.Value>
        <Kobalte.Icon class="text-text-3">
          <Icon name="chevronDown" />
        </Kobalte.Icon>
      </Kobalte.Trigger>
      <Show when={props.hint && !props.error}>
        <Kobalte.Description class="text-xs text-text-3">{props.hint}</Kobalte.Description>
      </Show>
      <Kobalte.ErrorMessage class="text-xs text-error">{props.error}</Kobalte.ErrorMessage>
      <Kobalte.Portal mount={layer()}>
        <Kobalte.Content class={FLOATING}>
          <Kobalte.Listbox class="max-h-72 overflow-y-auto outline-none" />
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}
