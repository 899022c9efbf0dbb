import { For } from "solid-js";
import { t } from "../i18n/i18n.ts";

/** The affected instances by name and id; scrolls on its own. */
export function ChosenList(props: { items: readonly { id: string; name: string }[] }) {
  return (
    <ul
      aria-label={t("nav.instances")}
      tabindex={0}
      class="max-h-36 divide-y overflow-y-auto rounded-md border"
    >
      <For each={props.items}>
        {(item) => (
          <li class="flex items-baseline gap-2 px-3 py-1.5">
            <span class="truncate">{item.name}</span>
            <span class="truncate font-mono text-xs text-text-3">{item.id}</span>
          </li>
        )}
      </For>
    </ul>
  );
}
