import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Menu } from "./menu.tsx";

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  icon?: IconName;
}

/** A button that opens a list with a single choice. */
export function ChoiceMenu<Value extends string>(props: {
  /** The chosen entry. */
  label: string;
  /** The visible label; part of the button's accessible name. */
  text?: string;
  icon?: IconName;
  triggerClass: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly Choice<Value>[];
}) {
  const name = () =>
    props.text ? t("menu.choice", { label: props.label, text: props.text }) : props.label;
  return (
    <Menu
      label={name()}
      tip={props.label}
      triggerClass={props.triggerClass}
      trigger={
        <>
          {props.text}
          <Show when={props.icon}>{(icon) => <Icon name={icon()} />}</Show>
        </>
      }
      entries={props.choices.map(({ value, ...shown }) => ({
        ...shown,
        chosen: value === props.value,
        onSelect: () => props.onChange(value),
      }))}
    />
  );
}
