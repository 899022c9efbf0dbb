import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { useMay } from "../session/may.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Icon } from "../ui/icon.tsx";
import type { InstanceList } from "./create-instance-list.ts";
import type { Selection } from "./create-selection.ts";
import { isDescending, type Sort } from "./sort-instances.ts";
import { OWNER_COLUMN, USAGE_COLUMN } from "./usage-cells.tsx";

const HEAD = "h-9 px-3 text-left text-xs font-medium text-text-3";

/** Sticks to the top while the list scrolls. */
export function TableHead(props: { list: InstanceList; selection: Selection }) {
  const may = useMay();
  return (
    <thead class="sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_var(--color-line)] max-sm:hidden">
      <tr aria-rowindex={1}>
        <th scope="col" class="h-9 w-10">
          <Checkbox
            label={t("bulk.chooseAll")}
            checked={props.selection.state() === "all"}
            mixed={props.selection.state() === "some"}
            onToggle={props.selection.toggleAll}
          />
        </th>
        <SortHead list={props.list} sort="name" label={t("instances.column.name")} />
        <Show when={may("seeOwners")}>
          <th scope="col" class={`${HEAD} w-32 ${OWNER_COLUMN}`}>
            {t("owner.label")}
          </th>
        </Show>
        <SortHead
          list={props.list}
          sort="status"
          label={t("instances.column.status")}
          class="w-32"
        />
        <SortHead list={props.list} sort="port" label={t("instances.column.port")} class="w-24" />
        <SortHead
          list={props.list}
          sort="cpu"
          label={t("instances.column.cpu")}
          class={`w-20 @min-[60rem]/list:w-36 ${USAGE_COLUMN}`}
        />
        <SortHead
          list={props.list}
          sort="memory"
          label={t("instances.column.memory")}
          class={`w-24 @min-[60rem]/list:w-40 ${USAGE_COLUMN}`}
        />
        <SortHead
          list={props.list}
          sort="uptime"
          label={t("instances.column.uptime")}
          class="w-28"
        />
        <th scope="col" class={`${HEAD} w-44`}>
          <span class="sr-only">{t("instances.column.actions")}</span>
        </th>
      </tr>
    </thead>
  );
}

function SortHead(props: { list: InstanceList; sort: Sort; label: string; class?: string }) {
  const active = () => props.list.sort() === props.sort;
  const direction = () => {
    if (!active()) return undefined;
    const order = { sort: props.sort, reversed: props.list.reversed() };
    return isDescending(order) ? "descending" : "ascending";
  };
  return (
    <th scope="col" aria-sort={direction()} class={`${HEAD} ${props.class ?? ""}`}>
      <button
        type="button"
        onClick={() => props.list.toggleSort(props.sort)}
        class={`-mx-1.5 inline-flex h-7 items-center gap-1 rounded-md px-1.5 whitespace-nowrap transition-colors hover:bg-hover hover:text-text ${active() ? "text-text" : ""}`}
      >
        {props.label}
        <Show when={active()}>
          <Icon name={direction() === "descending" ? "arrowDown" : "arrowUp"} class="size-3" />
        </Show>
      </button>
    </th>
  );
}
