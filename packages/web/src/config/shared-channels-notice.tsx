import { For, Show } from "solid-js";
import type { RouterOutputs } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { Notice } from "../ui/notice.tsx";

type Warnings = RouterOutputs["instances"]["readConfig"]["warnings"];

/** Channels in which another instance uses the same token. */
export function SharedChannelsNotice(props: { warnings: Warnings | undefined }) {
  return (
    <Show when={props.warnings?.length}>
      <Notice
        tone="warning"
        title={
          <For each={props.warnings}>
            {({ channel, instanceIds }) => (
              <p>
                {t("shared.channel", {
                  channel,
                  others: instanceIds.join(", ") || t("shared.other"),
                })}
              </p>
            )}
          </For>
        }
      >
        <p>{t("shared.fix")}</p>
      </Notice>
    </Show>
  );
}
