import { For, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { InstanceList } from "./create-instance-list.ts";
import { InstanceRow, type RowsProps } from "./instance-row.tsx";
import { rowNumbers } from "./row-numbers.ts";
import { moveInSelection } from "./selection-keys.ts";
import { TableHead } from "./table-head.tsx";
import { USAGE_COLUMN } from "./usage-cells.tsx";

/** Above this many, only the rows near the viewport are rendered. */
const MANY = 60;

const WindowedRows = lazyPart(() => import("./windowed-rows.tsx"), "WindowedRows", FirstRows);

export function InstanceTable(
  props: RowsProps & {
    list: InstanceList;
    /** Nothing has arrived yet: rows are placeholders. */
    loading: boolean;
  },
) {
  const numbers = () => rowNumbers(props.instances);
  return (
    <div
      class="@container/list overflow-clip rounded-lg border bg-surface"
      aria-busy={props.loading}
    >
      <table
        class="w-full table-fixed max-sm:block"
        aria-rowcount={props.instances.length > MANY ? numbers().count : undefined}
        onKeyDown={(event) => moveInSelection(event, props.selection)}
      >
        <caption class="sr-only">{t("nav.instances")}</caption>
        <TableHead list={props.list} selection={props.selection} />
        <Show when={!props.loading} fallback={<SkeletonRows />}>
          <Show when={props.instances.length > MANY} fallback={<PlainRows {...props} />}>
            <WindowedRows {...props} />
          </Show>
        </Show>
      </table>
    </div>
  );
}

function PlainRows(props: RowsProps) {
  return (
    <For each={props.instances}>
      {(instance) => (
        <InstanceRow instance={instance} selection={props.selection} onDelete={props.onDelete} />
      )}
    </For>
  );
}

function FirstRows(props: RowsProps) {
  return <PlainRows {...props} instances={props.instances.slice(0, MANY / 2)} />;
}

function SkeletonRows() {
  return (
    <tbody class="max-sm:block">
      <For each={[1, 2, 3, 4]}>
        {() => (
          <tr class="h-14 border-t first:border-t-0">
            <td />
            <td class="px-3">
              <Skeleton class="h-4 w-40" />
            </td>
            <td class="px-3">
              <Skeleton class="h-5 w-20 rounded-full" />
            </td>
            <td class="px-3">
              <Skeleton class="h-4 w-12" />
            </td>
            <td colSpan={2} class={USAGE_COLUMN} />
            <td class="px-3">
              <Skeleton class="h-4 w-14" />
            </td>
            <td />
          </tr>
        )}
      </For>
    </tbody>
  );
}
