import { Tabs as Kobalte } from "@kobalte/core/tabs";
import { For, type JSX } from "solid-js";

export interface Tab<Value extends string> {
  value: Value;
  label: string;
  panel: () => JSX.Element;
}

/** Renders only the chosen panel. */
export function Tabs<Value extends string>(props: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  tabs: readonly Tab<Value>[];
}) {
  const choose = (value: string) => {
    const tab = props.tabs.find((candidate) => candidate.value === value);
    if (tab) props.onChange(tab.value);
  };
  return (
    <Kobalte
      value={props.value}
      onChange={choose}
      activationMode="manual"
      class="flex min-h-0 flex-1 flex-col"
    >
      <Kobalte.List
        aria-label={props.label}
        class="flex shrink-0 gap-1 overflow-x-auto border-b [scrollbar-width:none]"
      >
        <For each={props.tabs}>
          {(tab) => (
            <Kobalte.Trigger
              value={tab.value}
              class="-mb-px h-9 border-b-2 border-transparent px-3 max-sm:px-2 whitespace-nowrap text-text-2 -outline-offset-2 transition-colors hover:text-text data-[selected]:border-text data-[selected]:font-medium data-[selected]:text-text"
            >
              {tab.label}
            </Kobalte.Trigger>
          )}
        </For>
      </Kobalte.List>
      <For each={props.tabs}>
        {(tab) => (
          <Kobalte.Content
            value={tab.value}
            class="flex min-h-0 flex-1 flex-col pt-4 outline-offset-4"
          >
            {tab.panel()}
          </Kobalte.Content>
        )}
      </For>
    </Kobalte>
  );
}
