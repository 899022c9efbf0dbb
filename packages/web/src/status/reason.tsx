import { Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { complaintIn, statusSentence } from "./status-words.ts";

/** Why an instance is in error: the gateway's own complaint first, then its consequence. */
export function Reason(props: { instance: Instance }) {
  return (
    <span class="flex min-w-0 flex-col gap-0.5">
      <Show when={complaintIn(props.instance)}>
        {(complaint) => <span class="line-clamp-4 wrap-anywhere">{complaint()}</span>}
      </Show>
      <span
        class={`wrap-anywhere ${complaintIn(props.instance) === null ? "" : "text-sm font-normal text-text-2"}`}
      >
        {statusSentence(props.instance) ?? t("status.error")}
      </span>
    </span>
  );
}
