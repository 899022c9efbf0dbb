import { createMemo, For, Show } from "solid-js";
import type { Matcher } from "./matcher.ts";

/** A text with the search matches marked. */
export function Marked(props: { text: string; matcher: Matcher | null; current: boolean }) {
  const pieces = createMemo(() => props.matcher?.split(props.text) ?? []);
  return (
    <Show when={pieces().length > 1} fallback={props.text}>
      <For each={pieces()}>
        {(piece, index) =>
          index() % 2 === 0 ? (
            piece
          ) : (
            <mark
              data-current={props.current ? "" : undefined}
              class={props.current ? "bg-mark-current text-text" : "bg-mark text-text"}
            >
              {piece}
            </mark>
          )
        }
      </For>
    </Show>
  );
}
