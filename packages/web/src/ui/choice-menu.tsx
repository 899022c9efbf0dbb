import { DropdownMenu } from "@kobalte/core/dropdown-menu";
import { For, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Icon, type IconName } from "./icon.tsx";
import { useLayer } from "./layer.ts";
import { FLOATING, MENU_ITEM } from "./menu-look.ts";

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  icon?: IconName;
}

/** A button that opens a list of which one entry is chosen. */
export function ChoiceMenu<Value extends string>(props: {
  /** What is chosen. */
  label: string;
  /** What the button says: it is part of its name. */
  text?: string;
  icon?: IconName;
  triggerClass: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly Choice<Value>[];
}) {
  const layer = useLayer();
  const name = () =>
    props.text ? t("menu.choice", { label: props.label, text: props.text }) : props.label;
  const choose = (value: string) => {
    const choice = props.choices.find((candidate) => candidate.value === value);
    if (choice) props.onChange(choice.value);
  };
  return (
    <DropdownMenu gutter={4} placement="bottom-end" modal={false}>
      <DropdownMenu.Trigger aria-label={name()} data-tip={props.label} class={props.triggerClass}>
        {props.text}
        <Show when={props.icon}>{(icon) => <Icon name={icon()} />}</Show>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal mount={layer()}>
        <DropdownMenu.Content class={FLOATING}>
          <DropdownMenu.RadioGroup value={props.value} onChange={choose}>
            <For each={props.choices}>
              {(choice) => (
                <DropdownMenu.RadioItem value={choice.value} closeOnSelect class={MENU_ITEM}>
                  <Show when={choice.icon}>
                    {(name) => <Icon name={name()} class="opacity-80" />}
                  </Show>
                  <span class="flex-1">{choice.label}</span>
                  <DropdownMenu.ItemIndicator>
                    <Icon name="check" />
                  </DropdownMenu.ItemIndicator>
                </DropdownMenu.RadioItem>
              )}
            </For>
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}
