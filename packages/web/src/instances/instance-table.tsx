import { For, Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { InstanceRow } from "./instance-row.tsx";
import { USAGE_COLUMN } from "./usage-cells.tsx";

const HEAD = "h-9 px-3 text-left text-xs font-medium text-text-3";

export function InstanceTable(props: {
  instances: readonly Instance[];
  /** Nothing is known yet: rows hold the place. */
  loading: boolean;
  onDelete: (instance: Instance) => void;
}) {
  return (
    <div
      class="@container/list overflow-hidden rounded-lg border bg-surface"
      aria-busy={props.loading}
    >
      <table class="w-full table-fixed max-sm:block">
        <caption class="sr-only">{t("nav.instances")}</caption>
        <thead class="border-b max-sm:hidden">
          <tr>
            <th scope="col" class={HEAD}>
              {t("instances.column.name")}
            </th>
            <th scope="col" class={`${HEAD} w-28`}>
              {t("instances.column.status")}
            </th>
            <th scope="col" class={`${HEAD} w-20`}>
              {t("instances.column.port")}
            </th>
            <th scope="col" class={`${HEAD} ${USAGE_COLUMN} w-18 @min-[60rem]/list:w-34`}>
              {t("instances.column.cpu")}
            </th>
            <th scope="col" class={`${HEAD} ${USAGE_COLUMN} w-21 @min-[60rem]/list:w-38`}>
              {t("instances.column.memory")}
            </th>
            <th scope="col" class={`${HEAD} w-22`}>
              {t("instances.column.uptime")}
            </th>
            <th scope="col" class={`${HEAD} w-44`}>
              <span class="sr-only">{t("instances.column.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody class="max-sm:block">
          <Show when={!props.loading} fallback={<SkeletonRows />}>
            <For each={props.instances}>
              {(instance) => <InstanceRow instance={instance} onDelete={props.onDelete} />}
            </For>
          </Show>
        </tbody>
      </table>
    </div>
  );
}

function SkeletonRows() {
  return (
    <For each={[1, 2, 3, 4]}>
      {() => (
        <tr class="h-14 border-t first:border-t-0">
          <td class="px-3">
            <Skeleton class="h-4 w-40" />
          </td>
          <td class="px-3">
            <Skeleton class="h-5 w-20 rounded-full" />
          </td>
          <td class="px-3">
            <Skeleton class="h-4 w-12" />
          </td>
          <td class={`px-3 ${USAGE_COLUMN}`}>
            <Skeleton class="h-4 w-10" />
          </td>
          <td class={`px-3 ${USAGE_COLUMN}`}>
            <Skeleton class="h-4 w-12" />
          </td>
          <td class="px-3">
            <Skeleton class="h-4 w-14" />
          </td>
          <td />
        </tr>
      )}
    </For>
  );
}
