import { EarlyButton } from "./early-button.tsx";
import { lazyPart } from "./lazy-part.tsx";
import type { MenuProps } from "./menu-props.ts";

/** The list needs a quarter of the page's code, and nobody opens one in the first moment. */
const LoadedMenu = lazyPart(() => import("./loaded-menu.tsx"), "LoadedMenu", EarlyButton);

/**
 * A button that opens a list of actions. Renders the button at once, and loads the list afterwards.
 */
export function Menu(props: MenuProps) {
  return <LoadedMenu {...props} early={{ pressed: false, focused: false }} />;
}

/** Preloads the list. */
export const preloadMenu = LoadedMenu.preload;
