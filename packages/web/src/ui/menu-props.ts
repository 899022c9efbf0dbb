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
  /** In a menu of which one entry is chosen, each says whether it is the one. */
  chosen?: boolean;
}

export interface MenuProps {
  label: string;
  /** What the pointer's tip says, where that is not the label. */
  tip?: string;
  trigger: JSX.Element;
  triggerClass: string;
  /** What the list is about, above its entries. */
  heading?: JSX.Element;
  entries: readonly MenuEntry[];
}

/** What happened to the button before the list had been loaded. */
export interface EarlyUse {
  pressed: boolean;
  focused: boolean;
}
