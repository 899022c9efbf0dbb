import { For } from "solid-js";
import { keySigns } from "./shortcuts.ts";

/** Keys to hold together, as labelled on the keyboard. */
export function Keys(props: { keys: string }) {
  return (
    <span class="inline-flex gap-0.5">
      <For each={keySigns(props.keys)}>
        {(sign) => (
          <kbd class="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line-2 px-1 font-sans text-xs text-text-2">
            {sign}
          </kbd>
        )}
      </For>
    </span>
  );
}
