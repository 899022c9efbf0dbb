import { createMemo, createSignal, For, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { createRomanised } from "../search/create-romanised.ts";
import { holdsWords } from "../search/holds-words.ts";
import { Button } from "./button.tsx";
import { SearchField } from "./search-field.tsx";

interface Named {
  id: string;
  name: string;
}

/** Multiple choice from a searchable list; hidden entries stay chosen. */
export function PickMany(props: {
  label: string;
  options: readonly Named[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const [query, setQuery] = createSignal("");
  const romanised = createRomanised(
    () => props.options.map(({ name }) => name),
    () => query() !== "",
  );
  const shown = createMemo(() =>
    props.options.filter(({ id, name }) => holdsWords(`${name} ${id} ${romanised(name)}`, query())),
  );
  const set = (ids: readonly string[], on: boolean) => {
    const next = new Set(props.chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    props.onChange(next);
  };
  const allShown = () => shown().every(({ id }) => props.chosen.has(id));
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="sr-only">{props.label}</legend>
      <div class="flex items-center gap-2">
        <SearchField
          label={t("picker.search")}
          value={query()}
          onInput={setQuery}
          class="min-w-0 flex-1"
        />
        <Button
          disabled={shown().length === 0}
          onClick={() =>
            set(
              shown().map(({ id }) => id),
              !allShown(),
            )
          }
        >
          {allShown() ? t("picker.none") : t("bulk.chooseAll")}
        </Button>
      </div>
      <ul
        aria-label={props.label}
        tabindex={0}
        class="max-h-44 overflow-y-auto rounded-md border py-1"
      >
        <For each={shown()} fallback={<Nothing />}>
          {({ id, name }) => (
            <li>
              <label class="flex cursor-pointer items-center gap-2.5 px-3 py-1.5 select-none hover:bg-hover">
                <input
                  type="checkbox"
                  checked={props.chosen.has(id)}
                  onChange={(event) => set([id], event.currentTarget.checked)}
                  class="size-4 shrink-0 accent-text"
                />
                <span class="min-w-0 truncate">{name}</span>
                <span class="min-w-0 truncate font-mono text-xs text-text-3">{id}</span>
              </label>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.chosen.size > 0}>
        <p role="status" class="text-xs tabular text-text-3">
          {t("bulk.chosen", { count: props.chosen.size })}
        </p>
      </Show>
    </fieldset>
  );
}

function Nothing() {
  return <li class="px-3 py-1.5 text-text-2">{t("instances.noMatch")}</li>;
}
