import { createMemo, createSignal, createUniqueId, For, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { createRomanised } from "../search/create-romanised.ts";
import { holdsWords } from "../search/holds-words.ts";
import { createActiveOption } from "./create-active-option.ts";
import { Icon } from "./icon.tsx";

export interface PickOption {
  value: string;
  label: string;
  /** Shown dimmed beside the label, and searchable: labels may repeat. */
  hint?: string;
}

/** Initial length; typing narrows the list. */
const MOST = 50;

/** A searchable list of any length with a single choice, by pointer or keyboard. */
export function PickList(props: {
  label: string;
  options: readonly PickOption[];
  value?: string | undefined;
  onPick: (value: string) => void;
}) {
  const [query, setQuery] = createSignal("");
  const list = createUniqueId();
  const romanised = createRomanised(
    () => props.options.map(({ label }) => label),
    () => query() !== "",
  );
  const matching = createMemo(() =>
    props.options.filter(({ label, hint }) =>
      holdsWords(`${label} ${hint ?? ""} ${romanised(label)}`, query()),
    ),
  );
  const shown = createMemo(() => matching().slice(0, MOST));
  const option = createActiveOption(shown, {
    idOf: ({ value }) => `${list}-${value}`,
    onChoose: ({ value }) => props.onPick(value),
  });
  const search = (text: string) => {
    setQuery(text);
    option.reset();
  };
  return (
    <div class="flex min-w-64 flex-col">
      <div class="flex items-center gap-2 border-b px-2">
        <Icon name="search" class="text-text-3" />
        <input
          role="combobox"
          aria-label={props.label}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={list}
          aria-activedescendant={option.activeId()}
          placeholder={t("pick.placeholder")}
          value={query()}
          onInput={(event) => search(event.currentTarget.value)}
          onKeyDown={option.onKeyDown}
          autocomplete="off"
          spellcheck={false}
          class="h-9 min-w-0 flex-1 bg-transparent outline-none"
        />
      </div>
      <div id={list} role="listbox" aria-label={props.label} class="max-h-72 overflow-y-auto py-1">
        <For each={shown()}>
          {(one) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and points here
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
            <div
              role="option"
              id={`${list}-${one.value}`}
              aria-selected={one.value === props.value}
              data-active={option.active() === one ? "" : undefined}
              onPointerMove={() => option.active() === one || option.point(one)}
              onClick={() => props.onPick(one.value)}
              class="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 select-none data-active:bg-hover"
            >
              <span class="min-w-0 truncate">{one.label}</span>{" "}
              <Show when={one.hint}>
                <span class="ml-auto max-w-1/2 shrink-0 truncate font-mono text-xs text-text-3">
                  {one.hint}
                </span>
              </Show>
              <Show when={one.value === props.value}>
                <Icon name="check" />
              </Show>
            </div>
          )}
        </For>
      </div>
      <p role="status" class="px-2 text-xs text-text-3 not-empty:py-1.5">
        <Show when={matching().length > 0} fallback={t("palette.nothing")}>
          <Show when={matching().length > MOST}>
            {t("pick.more", { count: matching().length - MOST })}
          </Show>
        </Show>
      </p>
    </div>
  );
}
