import type { JSX } from "solid-js";

export function Card(props: { title: string; action?: JSX.Element; children: JSX.Element }) {
  return (
    <section class="min-w-0 rounded-lg border bg-surface p-4">
      <header class="mb-3 flex min-h-7 items-center justify-between gap-3">
        <h2 class="font-medium">{props.title}</h2>
        {props.action}
      </header>
      {props.children}
    </section>
  );
}
