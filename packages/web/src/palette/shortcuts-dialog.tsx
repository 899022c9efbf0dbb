import { For } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Keys } from "./keys.tsx";
import { LIST_SHORTCUTS, PAGE_SHORTCUTS, type Shortcut } from "./shortcuts.ts";

/** All shortcuts of the page, under `?`. */
export function ShortcutsDialog(props: { onClose: () => void }) {
  return (
    <Dialog open wide onOpenChange={(open) => open || props.onClose()} title={t("shortcuts.title")}>
      {/* Focusable: in a low window, the arrow keys scroll it. */}
      <section
        tabindex={0}
        aria-label={t("shortcuts.title")}
        class="grid gap-x-10 gap-y-5 rounded-md pt-1 sm:grid-cols-2"
      >
        <Part title={t("shortcuts.everywhere")} shortcuts={PAGE_SHORTCUTS} />
        <Part title={t("shortcuts.list")} shortcuts={LIST_SHORTCUTS} />
      </section>
    </Dialog>
  );
}

function Part(props: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section>
      <h3 class="pb-1 text-xs font-medium text-text-3">{props.title}</h3>
      <dl class="divide-y">
        <For each={props.shortcuts}>
          {(shortcut) => (
            <div class="flex min-h-9 items-center justify-between gap-4">
              <dt>{t(shortcut.label)}</dt>
              <dd class="flex shrink-0 gap-1">
                <For each={shortcut.keys}>{(keys) => <Keys keys={keys} />}</For>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </section>
  );
}
