import { DropdownMenu } from "@kobalte/core/dropdown-menu";
import { Index, type JSX, Show } from "solid-js";
import { Icon, type IconName } from "./icon.tsx";
import { useLayer } from "./layer.ts";
import { FLOATING, MENU_ITEM } from "./menu-look.ts";

export interface MenuEntry {
  label: string;
  icon?: IconName;
  onSelect: () => void;
  disabled?: boolean;
  danger?: boolean;
  /** Draws a line above. */
  separated?: boolean;
}

/** A button that opens a list of actions. */
export function Menu(props: {
  label: string;
  trigger: JSX.Element;
  triggerClass: string;
  /** What the list is about, above its entries. */
  heading?: JSX.Element;
  entries: readonly MenuEntry[];
}) {
  const layer = useLayer();
  return (
    <DropdownMenu gutter={4} placement="bottom-end" modal={false}>
      <DropdownMenu.Trigger
        aria-label={props.label}
        data-tip={props.label}
        class={props.triggerClass}
      >
        {props.trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal mount={layer()}>
        <DropdownMenu.Content class={FLOATING}>
          <Show when={props.heading}>
            <div class="mb-1 max-w-64 border-b px-2 pt-1 pb-2">{props.heading}</div>
          </Show>
          {/* By place: an entry that changes while the menu is open must keep the focus. */}
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
                  <Show when={entry().icon}>
                    {(name) => <Icon name={name()} class="opacity-80" />}
                  </Show>
                  <span class="flex-1">{entry().label}</span>
                </DropdownMenu.Item>
              </>
            )}
          </Index>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}
