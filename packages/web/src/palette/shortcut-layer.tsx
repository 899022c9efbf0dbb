import { Match, Switch } from "solid-js";
import { lazyPart } from "../ui/lazy-part.tsx";
import type { createShortcuts } from "./create-shortcuts.ts";

const Palette = lazyPart(() => import("./palette.tsx"), "Palette");
const ShortcutsDialog = lazyPart(() => import("./shortcuts-dialog.tsx"), "ShortcutsDialog");

/** The dialogs that shortcuts open. */
export function ShortcutLayer(props: { shortcuts: ReturnType<typeof createShortcuts> }) {
  return (
    <Switch>
      <Match when={props.shortcuts.shown() === "palette"}>
        <Palette onClose={props.shortcuts.close} />
      </Match>
      <Match when={props.shortcuts.shown() === "help"}>
        <ShortcutsDialog onClose={props.shortcuts.close} />
      </Match>
    </Switch>
  );
}
