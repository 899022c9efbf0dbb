import { For, Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { buttonClass } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { PickMenu } from "../ui/pick-menu.tsx";

/** The instances whose logs are shown, and a button to add others. */
export function InstanceChips(props: {
  chosen: readonly Instance[];
  others: readonly Instance[];
  onAdd: (id: string) => void;
  onRemove: (id: string) => void;
}) {
  return (
    <div class="flex flex-wrap items-center gap-2">
      <Show when={props.chosen.length > 0}>
        <ul aria-label={t("logs.page.chosen")} class="contents">
          <For each={props.chosen}>
            {(instance) => (
              <li class="inline-flex h-8 items-center rounded-md border border-line-2 bg-surface pl-2.5">
                <span class="max-w-40 truncate">{instance.name}</span>
                <IconButton
                  icon="close"
                  label={t("logs.page.remove", { name: instance.name })}
                  onClick={() => props.onRemove(instance.id)}
                />
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.others.length > 0}>
        <PickMenu
          label={t("logs.page.add")}
          trigger={
            <>
              <Icon name="plus" />
              {t("logs.page.add")}
            </>
          }
          triggerClass={buttonClass("plain")}
          options={props.others.map(({ id, name }) => ({ value: id, label: name, hint: id }))}
          onPick={props.onAdd}
        />
      </Show>
    </div>
  );
}
