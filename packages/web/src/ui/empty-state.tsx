import { type JSX, Show } from "solid-js";

/** An empty view, and how to fill it. */
export function EmptyState(props: {
  title: string;
  text?: string;
  action?: JSX.Element;
  drawing?: boolean;
}) {
  return (
    <div class="flex flex-col items-center gap-2 rounded-lg border border-dashed border-line-2 px-6 py-14 text-center">
      <Show when={props.drawing}>
        <Boxes />
      </Show>
      <p class="font-medium">{props.title}</p>
      <Show when={props.text}>
        <p class="max-w-lg text-balance text-text-2">{props.text}</p>
      </Show>
      <Show when={props.action}>
        <div class="mt-3 flex flex-wrap justify-center gap-2">{props.action}</div>
      </Show>
    </div>
  );
}

function Boxes() {
  return (
    <svg
      viewBox="0 0 144 72"
      width="144"
      height="72"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linejoin="round"
      aria-hidden="true"
      class="mb-3 text-line-2"
    >
      <path d="M8 34 26 24l18 10v20L26 64 8 54zM8 34l18 10 18-10M26 44v20" />
      <path d="M100 34l18-10 18 10v20l-18 10-18-10zM100 34l18 10 18-10M118 44v20" />
      <path class="text-accent" d="M54 20 72 10l18 10v20L72 50 54 40zM54 20l18 10 18-10M72 30v20" />
    </svg>
  );
}
