import { onCleanup } from "solid-js";
import type { EarlyUse, MenuProps } from "./menu-props.ts";
import { part } from "./part.tsx";

/** The list needs a quarter of the page's code, and nobody opens one in the first moment. */
const LoadedMenu = part(() => import("./loaded-menu.tsx"), "LoadedMenu", EarlyButton);

/** A button that opens a list of actions. The button is there at once; the list is loaded after it. */
export function Menu(props: MenuProps) {
  return <LoadedMenu {...props} early={{ pressed: false, focused: false }} />;
}

function EarlyButton(props: MenuProps & { early: EarlyUse }) {
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
