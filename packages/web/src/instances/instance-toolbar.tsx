import { For, Show } from "solid-js";
import { formatNumber } from "../i18n/format.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { ChoiceMenu } from "../ui/choice-menu.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { FILTERS, type Filter, type InstanceList } from "./create-instance-list.ts";
import { LabelFilters } from "./label-filters.tsx";
import { SORTS, type Sort } from "./sort-instances.ts";

const FILTER_WORDS = {
  all: "instances.filter.all",
  running: "status.running",
  busy: "instances.filter.busy",
  created: "status.created",
  stopped: "status.stopped",
  error: "status.error",
  unknown: "status.unknown",
} as const satisfies Record<Filter, PlainKey>;

const SORT_WORDS = {
  name: "instances.sort.name",
  status: "instances.sort.status",
  port: "instances.sort.port",
  cpu: "instances.column.cpu",
  memory: "instances.column.memory",
  uptime: "instances.column.uptime",
  newest: "instances.sort.newest",
} as const satisfies Record<Sort, PlainKey>;

/** Transient states; their filters are shown only while in use. */
const RARE: readonly Filter[] = ["busy", "created", "unknown"];

export function InstanceToolbar(props: { list: InstanceList }) {
  const shown = (filter: Filter) =>
    !RARE.includes(filter) || props.list.counts()[filter] > 0 || props.list.filter() === filter;
  return (
    <div class="flex flex-wrap items-center gap-x-3 gap-y-2">
      <SearchField
        label={t("instances.search")}
        value={props.list.text()}
        onInput={props.list.setText}
        class="min-w-40 flex-1 sm:max-w-72"
      />
      <fieldset class="flex flex-wrap gap-1 max-sm:order-last max-sm:w-full">
        <legend class="sr-only">{t("instances.filter")}</legend>
        <For each={FILTERS}>
          {(filter) => (
            <Show when={shown(filter)}>
              <button
                type="button"
                aria-pressed={props.list.filter() === filter}
                onClick={() => props.list.setFilter(filter)}
                class="inline-flex h-8 items-center gap-1.5 rounded-md border border-transparent px-2.5 text-text-2 transition-colors hover:bg-hover aria-pressed:border-line-2 aria-pressed:bg-surface aria-pressed:text-text"
              >
                {t(FILTER_WORDS[filter])}
                <span class="min-w-4 text-center text-xs tabular text-text-3">
                  {formatNumber(props.list.counts()[filter])}
                </span>
              </button>
            </Show>
          )}
        </For>
      </fieldset>
      <LabelFilters list={props.list} />
      {/* Rows stay in place while the user reads; this button sorts them again. */}
      <Show when={props.list.outdated()}>
        <Button
          variant="ghost"
          icon="restart"
          class="px-2 sm:ml-auto"
          onClick={props.list.sortAgain}
        >
          {t("instances.sortAgain")}
        </Button>
      </Show>
      <ChoiceMenu
        label={t("instances.sort")}
        triggerClass={`${buttonClass("ghost")} px-2 ${props.list.outdated() ? "" : "sm:ml-auto"}`}
        text={t(SORT_WORDS[props.list.sort()])}
        icon="chevronDown"
        value={props.list.sort()}
        onChange={props.list.setSort}
        choices={SORTS.map((value) => ({ value, label: t(SORT_WORDS[value]) }))}
      />
    </div>
  );
}
