import { type ParentProps, Show } from "solid-js";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import type { Entry, Group } from "./match-entries.ts";

const GROUP_WORDS = {
  instances: "nav.instances",
  pages: "palette.pages",
  actions: "instances.column.actions",
} as const satisfies Record<Group, PlainKey>;

export function PaletteGroup(props: ParentProps<{ group: Group }>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
    <div role="group" aria-label={t(GROUP_WORDS[props.group])} class="pb-1">
      <p aria-hidden="true" class="px-2 pt-2 pb-1 text-xs text-text-3">
        {t(GROUP_WORDS[props.group])}
      </p>
      {props.children}
    </div>
  );
}

/** Chosen by the keyboard, which stays in the field, or by the pointer. */
export function PaletteOption(props: {
  entry: Entry;
  id: string;
  active: boolean;
  onPoint: () => void;
  onChoose: () => void;
}) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and points here
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
    <div
      role="option"
      id={props.id}
      aria-selected={props.active}
      onPointerMove={() => props.active || props.onPoint()}
      onClick={() => props.onChoose()}
      class="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 aria-selected:bg-hover"
    >
      <Icon name={props.entry.icon} class="text-text-3" />
      <span class="truncate">{props.entry.label}</span>
      <Show when={props.entry.hint}>
        <span class="ml-auto shrink-0 font-mono text-xs text-text-3">{props.entry.hint}</span>
      </Show>
    </div>
  );
}
