import { Show } from "solid-js";
import { formatNumber } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { SearchField } from "../ui/search-field.tsx";
import type { LogSearch } from "./create-log-search.ts";

export function LogToolbar(props: {
  search: LogSearch;
  following: boolean;
  onShow: (number: number) => void;
  onFollow: () => void;
}) {
  const step = (by: 1 | -1) => {
    const number = props.search.step(by);
    if (number !== undefined) props.onShow(number);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  const none = () => props.search.matches().length === 0;
  return (
    <div class="flex flex-wrap items-center gap-x-2 gap-y-2">
      <SearchField
        label={t("logs.search")}
        value={props.search.query()}
        onInput={props.search.setQuery}
        onKeyDown={onKeyDown}
        class="min-w-40 flex-1 sm:max-w-72"
      />
      <Show when={props.search.query() !== ""}>
        <span role="status" class="min-w-16 text-sm tabular text-text-2">
          {none()
            ? t("logs.noMatch")
            : t("logs.position", {
                position: formatNumber(props.search.position() + 1),
                total: formatNumber(props.search.matches().length),
              })}
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
      </Show>
      <button
        type="button"
        aria-pressed={props.following}
        onClick={props.onFollow}
        class="ml-auto inline-flex h-8 items-center gap-2 rounded-md px-2.5 text-text-2 transition-colors hover:bg-hover hover:text-text"
      >
        <Show when={props.following} fallback={<Icon name="arrowDown" />}>
          <span aria-hidden="true" class="size-2 rounded-full bg-running" />
        </Show>
        {props.following ? t("logs.following") : t("logs.follow")}
      </button>
    </div>
  );
}
