import { type JSX, Show } from "solid-js";
import { Icon } from "./icon.tsx";

/** A condition that needs attention: what, why, and the buttons that help. */
export function AttentionItem(props: {
  /** Errors block users now; warnings will. */
  tone: "error" | "warning";
  title: JSX.Element;
  text?: JSX.Element;
  actions?: JSX.Element;
}) {
  return (
    <li class="flex gap-2.5 py-3 first:pt-0 last:pb-0">
      <Icon
        name="alert"
        class={`mt-0.5 ${props.tone === "error" ? "text-error" : "text-unknown"}`}
      />
      <div class="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div class="min-w-0 flex-1 basis-64">
          <p class="font-medium wrap-anywhere">{props.title}</p>
          <Show when={props.text}>
            <p class="line-clamp-3 text-sm wrap-anywhere text-text-2">{props.text}</p>
          </Show>
        </div>
        <Show when={props.actions}>
          <div class="flex flex-wrap gap-2">{props.actions}</div>
        </Show>
      </div>
    </li>
  );
}
