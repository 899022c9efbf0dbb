import { lazy, Match, Suspense, Switch } from "solid-js";
import type { createShortcuts } from "./create-shortcuts.ts";

const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));
const ShortcutsDialog = lazy(async () => ({
  default: (await import("./shortcuts-dialog.tsx")).ShortcutsDialog,
}));

/** The dialogs that shortcuts open. */
export function ShortcutLayer(props: { shortcuts: ReturnType<typeof createShortcuts> }) {
  return (
    <Suspense>
      <Switch>
        <Match when={props.shortcuts.shown() === "palette"}>
          <Palette onClose={props.shortcuts.close} />
        </Match>
        <Match when={props.shortcuts.shown() === "help"}>
          <ShortcutsDialog onClose={props.shortcuts.close} />
        </Match>
      </Switch>
    </Suspense>
  );
}
