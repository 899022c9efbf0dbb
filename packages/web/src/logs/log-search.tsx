import { createEffect, on, Show } from "solid-js";
import { formatNumber } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { SearchField } from "../ui/search-field.tsx";
import type { LogSearch } from "./create-log-search.ts";
import type { LogPreferencesState } from "./log-preferences.ts";
import { Toggle } from "./toggle.tsx";

const SWITCH = "w-8 px-0! font-mono text-sm";

/** The search field, its mode, and the buttons between matches. */
export function LogSearchBar(props: {
  search: LogSearch;
  preferences: LogPreferencesState;
  onShow: (number: number) => void;
  /** The first match of another search. */
  onFound: (number: number) => void;
}) {
  const step = (by: 1 | -1) => {
    const number = props.search.step(by);
    if (number !== undefined) props.onShow(number);
  };
  // "27/27" names the current match: show it, unless it is visible.
  createEffect(
    on(
      () => [
        props.search.query(),
        props.preferences.get().regex,
        props.preferences.get().matchCase,
      ],
      () => {
        const number = props.search.current();
        if (number !== undefined) props.onFound(number);
      },
      { defer: true },
    ),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  const none = () => props.search.matches().length === 0;
  const result = () => {
    if (props.search.invalid()) return t("logs.invalid");
    if (none()) return t("logs.noMatch");
    return t("logs.position", {
      position: formatNumber(props.search.position() + 1),
      total: formatNumber(props.search.matches().length),
    });
  };
  return (
    <div class="flex min-w-40 flex-1 flex-wrap items-center gap-1">
      <SearchField
        label={t("logs.search")}
        value={props.search.query()}
        onInput={props.search.setQuery}
        onKeyDown={onKeyDown}
        class="min-w-40 flex-1 sm:max-w-72"
      />
      <Toggle
        label={t("logs.regex")}
        pressed={props.preferences.get().regex}
        onToggle={() => props.preferences.toggle("regex")}
        class={SWITCH}
      >
        .*
      </Toggle>
      <Toggle
        label={t("logs.matchCase")}
        pressed={props.preferences.get().matchCase}
        onToggle={() => props.preferences.toggle("matchCase")}
        class={SWITCH}
      >
        {SAMPLE}
      </Toggle>
      <Show when={props.search.query() !== ""}>
        <div class="flex items-center gap-1">
          <span
            role="status"
            class={`min-w-16 px-1 text-sm tabular ${props.search.invalid() ? "text-error" : "text-text-2"}`}
          >
            {result()}
          </span>
          <IconButton
            icon="arrowUp"
            label={t("logs.previous")}
            disabled={none()}
            onClick={() => step(-1)}
          />
          <IconButton
            icon="arrowDown"
            label={t("logs.next")}
            disabled={none()}
            onClick={() => step(1)}
          />
        </div>
      </Show>
    </div>
  );
}

/** The usual sign for it in every language. */
const SAMPLE = "Aa";
