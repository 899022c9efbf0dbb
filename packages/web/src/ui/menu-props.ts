import type { JSX } from "solid-js";
import type { IconName } from "./icon.tsx";

export interface MenuEntry {
  label: string;
  icon?: IconName;
  onSelect: () => void;
  disabled?: boolean;
  danger?: boolean;
  /** Draws a line above. */
  separated?: boolean;
  /** In a menu with a single choice: whether this is the chosen one. */
  chosen?: boolean;
}

export interface MenuProps {
  label: string;
  /** The tooltip, if it differs from the label. */
  tip?: string;
  trigger: JSX.Element;
  triggerClass: string;
  /** The heading above the entries. */
  heading?: JSX.Element;
  entries: readonly MenuEntry[];
}

/** The interaction with the button before the list has loaded. */
export interface EarlyUse {
  pressed: boolean;
  focused: boolean;
}
