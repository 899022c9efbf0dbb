import { Dialog } from "@kobalte/core/dialog";
import { createMemo, createSignal, createUniqueId, For, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { createActiveOption } from "../ui/create-active-option.ts";
import { Icon } from "../ui/icon.tsx";
import { createEntries } from "./create-entries.ts";
import { type Entry, matchEntries } from "./match-entries.ts";
import { PaletteGroup, PaletteOption } from "./palette-option.tsx";

/** Jumps to an instance, page or action by a part of its name. */
export function Palette(props: { onClose: () => void }) {
  const entries = createEntries();
  const [query, setQuery] = createSignal("");
  const list = createUniqueId();
  const optionId = (entry: Entry) => `${list}-${entry.key.replaceAll(" ", "-")}`;

  const found = createMemo(() => matchEntries(entries(), query()));
  const groups = createMemo(() => {
    const names = [...new Set(found().map((entry) => entry.group))];
    return names.map((group) => ({
      group,
      entries: found().filter((entry) => entry.group === group),
    }));
  });
  const run = (entry: Entry) => {
    props.onClose();
    // After the dialog has returned the focus: the action may take it.
    setTimeout(entry.run);
  };
  const option = createActiveOption(found, { idOf: optionId, onChoose: run });
  const search = (text: string) => {
    setQuery(text);
    option.reset();
  };
  return (
    <Dialog open onOpenChange={(open) => open || props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="fixed inset-0 z-40 animate-fade bg-scrim" />
        <div class="fixed inset-0 z-40 flex items-start justify-center p-3 sm:pt-[12vh]">
          <Dialog.Content class="flex max-h-full w-full max-w-xl animate-enter flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-float sm:max-h-[70vh]">
            <Dialog.Title class="sr-only">{t("palette.title")}</Dialog.Title>
            <div class="flex items-center gap-2.5 border-b px-4">
              <Icon name="search" class="text-text-3" />
              <input
                ref={(input) => queueMicrotask(() => input.focus())}
                role="combobox"
                aria-label={t("palette.title")}
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls={list}
                aria-activedescendant={option.activeId()}
                placeholder={t("palette.placeholder")}
                value={query()}
                onInput={(event) => search(event.currentTarget.value)}
                onKeyDown={option.onKeyDown}
                autocomplete="off"
                spellcheck={false}
                class="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
              />
            </div>
            <div
              id={list}
              role="listbox"
              aria-label={t("palette.title")}
              class="overflow-y-auto p-2"
            >
              <For each={groups()}>
                {(part) => (
                  <PaletteGroup group={part.group}>
                    <For each={part.entries}>
                      {(entry) => (
                        <PaletteOption
                          entry={entry}
                          id={optionId(entry)}
                          active={option.active()?.key === entry.key}
                          onPoint={() => option.point(entry)}
                          onChoose={() => run(entry)}
                        />
                      )}
                    </For>
                  </PaletteGroup>
                )}
              </For>
            </div>
            <Show when={found().length === 0}>
              <p role="status" class="px-4 pb-6 text-center text-text-2">
                {t("palette.nothing")}
              </p>
            </Show>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  );
}
