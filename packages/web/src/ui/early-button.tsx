import { onCleanup } from "solid-js";
import type { EarlyUse, MenuProps } from "./menu-props.ts";

/** A menu's button until its list has loaded; records interactions. */
export function EarlyButton(props: MenuProps & { early: EarlyUse }) {
  let button!: HTMLButtonElement;
  onCleanup(() => {
    props.early.focused = document.activeElement === button;
  });
  return (
    <button
      ref={button}
      type="button"
      aria-haspopup="true"
      aria-expanded="false"
      aria-label={props.label}
      data-tip={props.tip ?? props.label}
      class={props.triggerClass}
      onClick={() => {
        props.early.pressed = !props.early.pressed;
      }}
    >
      {props.trigger}
    </button>
  );
}
