import { EarlyButton } from "./early-button.tsx";
import type { MenuProps } from "./menu-props.ts";
import { part } from "./part.tsx";

/** The list needs a quarter of the page's code, and nobody opens one in the first moment. */
const LoadedMenu = part(() => import("./loaded-menu.tsx"), "LoadedMenu", EarlyButton);

/** A button that opens a list of actions. The button is there at once; the list is loaded after it. */
export function Menu(props: MenuProps) {
  return <LoadedMenu {...props} early={{ pressed: false, focused: false }} />;
}
