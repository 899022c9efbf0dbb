import type { JSX } from "solid-js";
import { Icon } from "./icon.tsx";

const LOOK = {
  warning: { box: "bg-unknown-tint", icon: "text-unknown" },
  error: { box: "bg-error-tint", icon: "text-error" },
} as const;

/** An error inside a view, read out at once: a title, its meaning, and the buttons that help. */
export function Notice(props: {
  tone: keyof typeof LOOK;
  title: JSX.Element;
  children: JSX.Element;
  actions?: JSX.Element;
}) {
  return (
    <div
      role="alert"
      class={`flex flex-wrap items-start gap-x-4 gap-y-3 rounded-md px-3 py-2.5 ${LOOK[props.tone].box}`}
    >
      <div class="flex min-w-0 flex-1 basis-72 gap-2.5">
        <Icon name="alert" class={`mt-0.5 ${LOOK[props.tone].icon}`} />
        <div class="min-w-0">
          <div class="font-medium">{props.title}</div>
          <div class="text-sm text-text-2">{props.children}</div>
        </div>
      </div>
      <div class="flex flex-wrap gap-2 empty:hidden">{props.actions}</div>
    </div>
  );
}
