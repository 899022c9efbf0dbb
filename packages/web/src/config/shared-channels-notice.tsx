import { For, Show } from "solid-js";
import type { RouterOutputs } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";

type Warnings = RouterOutputs["instances"]["readConfig"]["warnings"];

/** Channels that another instance logs in to with the same token. */
export function SharedChannelsNotice(props: { warnings: Warnings | undefined }) {
  return (
    <Show when={props.warnings?.length}>
      <div role="alert" class="flex gap-2.5 rounded-md bg-unknown-tint px-3 py-2.5">
        <Icon name="alert" class="mt-0.5 text-unknown" />
        <div class="min-w-0">
          <For each={props.warnings}>
            {({ channel, instanceIds }) => (
              <p class="font-medium">
                {t("shared.channel", {
                  channel,
                  others: instanceIds.join(", ") || t("shared.other"),
                })}
              </p>
            )}
          </For>
          <p class="text-sm text-text-2">{t("shared.fix")}</p>
        </div>
      </div>
    </Show>
  );
}
