import { RadioGroup as Kobalte } from "@kobalte/core/radio-group";
import { For, Show } from "solid-js";

export interface RadioOption<Value extends string> {
  value: Value;
  label: string;
  hint?: string;
}

export function RadioGroup<Value extends string>(props: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly RadioOption<Value>[];
  disabled?: boolean;
}) {
  const choose = (value: string) => {
    const option = props.options.find((candidate) => candidate.value === value);
    if (option) props.onChange(option.value);
  };
  return (
    <Kobalte
      value={props.value}
      onChange={choose}
      disabled={props.disabled ?? false}
      class="flex flex-col gap-2"
    >
      <Kobalte.Label class="text-sm font-medium">{props.label}</Kobalte.Label>
      <For each={props.options}>
        {(option) => (
          <Kobalte.Item
            value={option.value}
            class="flex cursor-pointer gap-3 rounded-md border px-3 py-2.5 transition-colors hover:bg-hover data-[checked]:border-text-3"
          >
            <Kobalte.ItemInput class="peer" />
            <Kobalte.ItemControl class="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-text-3 peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus">
              <Kobalte.ItemIndicator class="size-2 rounded-full bg-text" />
            </Kobalte.ItemControl>
            <div class="min-w-0">
              <Kobalte.ItemLabel class="cursor-pointer font-medium">
                {option.label}
              </Kobalte.ItemLabel>
              <Show when={option.hint}>
                <Kobalte.ItemDescription class="text-sm text-text-2">
                  {option.hint}
                </Kobalte.ItemDescription>
              </Show>
            </div>
          </Kobalte.Item>
        )}
      </For>
    </Kobalte>
  );
}
