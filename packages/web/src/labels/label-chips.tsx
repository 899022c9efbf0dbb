import { A } from "@solidjs/router";
import { For, Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";

const CHIP =
  "inline-block max-w-full truncate rounded-sm border px-1.5 text-xs leading-5 text-text-2 hover:border-text-3 hover:text-text";

/** Group and tags; each leads to the list of those that share it. */
export function LabelChips(props: { instance: Pick<Instance, "group" | "tags"> }) {
  return (
    <Show when={props.instance.group !== null || props.instance.tags.length > 0}>
      <span class="mt-0.5 flex min-w-0 flex-wrap gap-1">
        <Show when={props.instance.group}>
          {(group) => (
            <A
              href={paths.instancesIn({ group: group() })}
              aria-label={t("label.showGroup", { group: group() })}
              class={`${CHIP} bg-sunken font-medium`}
            >
              {group()}
            </A>
          )}
        </Show>
        <For each={props.instance.tags}>
          {(tag) => (
            <A
              href={paths.instancesIn({ tag })}
              aria-label={t("label.showTag", { tag })}
              class={CHIP}
            >
              {tag}
            </A>
          )}
        </For>
      </span>
    </Show>
  );
}
