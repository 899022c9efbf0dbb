import { EarlyButton } from "./early-button.tsx";
import { lazyPart } from "./lazy-part.tsx";
import type { MenuProps } from "./menu-props.ts";

/** The list needs a quarter of the page's code, and nobody opens one in the first moment. */
const LoadedMenu = lazyPart(() => import("./loaded-menu.tsx"), "LoadedMenu", EarlyButton);

/** A button that opens a list of actions. The button is there at once; the list is loaded after it. */
export function Menu(props: MenuProps) {
  return <LoadedMenu {...props} early={{ pressed: false, focused: false }} />;
}

/** Loads the list before a menu is shown. */
export const preloadMenu = LoadedMenu.preload;
