import { Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";

/** A pending change of the container, and when it will be applied. */
export function PendingChange(props: { instance: Instance }) {
  const sentence = () =>
    props.instance.pendingChange === "image"
      ? t("pending.image", { image: props.instance.image })
      : t("pending.definition");
  return (
    <Show when={props.instance.pendingChange}>
      <span class="rounded-md bg-unknown-tint px-2 py-0.5 text-xs text-unknown wrap-anywhere">
        {sentence()}
      </span>
    </Show>
  );
}
