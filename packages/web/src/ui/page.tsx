import { createEffect, type JSX, onCleanup, Show } from "solid-js";

/** The frame of every page: its title, also the window's, and its one main action. */
export function Page(props: {
  title: string;
  /** Replaces the title where that is more than text. */
  heading?: JSX.Element;
  actions?: JSX.Element;
  /** Fills the window instead of growing with its content. */
  fill?: boolean;
  children: JSX.Element;
}) {
  createEffect(() => {
    document.title = `${props.title} · ClawMultiDeploy`;
  });
  onCleanup(() => {
    document.title = "ClawMultiDeploy";
  });
  return (
    <div
      class={`mx-auto flex w-full max-w-[1440px] flex-col gap-4 px-4 py-5 sm:px-6 ${props.fill ? "min-h-0 flex-1" : ""}`}
    >
      <header class="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Show
          when={props.heading}
          fallback={<h1 class="text-xl font-semibold wrap-anywhere">{props.title}</h1>}
        >
          {props.heading}
        </Show>
        {/* On a phone, text only, so that one row has room. */}
        <div class="flex flex-wrap items-center gap-2 max-sm:[&_button:not([aria-busy])>svg:first-child]:hidden">
          {props.actions}
        </div>
      </header>
      {props.children}
    </div>
  );
}
