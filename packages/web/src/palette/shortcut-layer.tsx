import { Match, Switch } from "solid-js";
import { part } from "../ui/part.tsx";
import type { createShortcuts } from "./create-shortcuts.ts";

const Palette = part(() => import("./palette.tsx"), "Palette");
const ShortcutsDialog = part(() => import("./shortcuts-dialog.tsx"), "ShortcutsDialog");

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
