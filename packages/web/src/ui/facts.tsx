import type { JSX } from "solid-js";

/** Names and values, in two columns where there is room. */
export function Facts(props: { children: JSX.Element }) {
  return <dl class="grid grid-cols-2 gap-x-6 gap-y-3">{props.children}</dl>;
}

export function Fact(props: { label: string; wide?: boolean; children: JSX.Element }) {
  return (
    <div class={`min-w-0 ${props.wide ? "col-span-2" : ""}`}>
      <dt class="text-xs text-text-3">{props.label}</dt>
      <dd class="flex min-h-7 items-center wrap-anywhere">{props.children}</dd>
    </div>
  );
}
