import { DropdownMenu } from "@kobalte/core/dropdown-menu";
import { Index, onMount, Show } from "solid-js";
import { Icon } from "./icon.tsx";
import { useLayer } from "./layer.ts";
import { FLOATING, MENU_ITEM } from "./menu-look.ts";
import type { EarlyUse, MenuEntry, MenuProps } from "./menu-props.ts";

/** `Menu` once loaded; continues the interaction with its early button. */
export function LoadedMenu(props: MenuProps & { early: EarlyUse }) {
  const layer = useLayer();
  let trigger!: HTMLButtonElement;
  onMount(() => {
    if (props.early.focused && !props.early.pressed) trigger.focus();
  });
  return (
    <DropdownMenu gutter={4} placement="bottom-end" modal={false} defaultOpen={props.early.pressed}>
      <DropdownMenu.Trigger
        ref={trigger}
        aria-label={props.label}
        data-tip={props.tip ?? props.label}
        class={props.triggerClass}
      >
        {props.trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal mount={layer()}>
        <DropdownMenu.Content class={FLOATING}>
          <Show when={props.heading}>
            <div class="mb-1 max-w-64 border-b px-2 pt-1 pb-2">{props.heading}</div>
          </Show>
          <Show
            when={props.entries.some((entry) => entry.chosen !== undefined)}
            fallback={<Actions entries={props.entries} />}
          >
            <Choices entries={props.entries} />
          </Show>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

/** Indexed by position: an entry that changes while the menu is open must keep the focus. */
function Actions(props: { entries: readonly MenuEntry[] }) {
  return (
    <Index each={props.entries}>
      {(entry) => (
        <>
          <Show when={entry().separated}>
            <DropdownMenu.Separator class="my-1 border-line" />
          </Show>
          <DropdownMenu.Item
            disabled={entry().disabled ?? false}
            onSelect={() => entry().onSelect()}
            class={`${MENU_ITEM} ${entry().danger ? "text-error" : ""}`}
          >
            <EntryLabel entry={entry()} />
          </DropdownMenu.Item>
        </>
      )}
    </Index>
  );
}

function Choices(props: { entries: readonly MenuEntry[] }) {
  return (
    <DropdownMenu.RadioGroup
      value={String(props.entries.findIndex((entry) => entry.chosen))}
      onChange={(place) => props.entries[Number(place)]?.onSelect()}
    >
      <Index each={props.entries}>
        {(entry, place) => (
          <DropdownMenu.RadioItem value={String(place)} closeOnSelect class={MENU_ITEM}>
            <EntryLabel entry={entry()} />
            <DropdownMenu.ItemIndicator>
              <Icon name="check" />
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        )}
      </Index>
    </DropdownMenu.RadioGroup>
  );
}

function EntryLabel(props: { entry: MenuEntry }) {
  return (
    <>
      <Show when={props.entry.icon}>{(name) => <Icon name={name()} class="opacity-80" />}</Show>
      <span class="flex-1">{props.entry.label}</span>
    </>
  );
}
