import { type JSX, Show } from "solid-js";
import { Icon, type IconName } from "./icon.tsx";

export type BannerTone = "info" | "warning" | "error";

const LOOK = {
  info: { icon: "info", box: "bg-busy-tint", tone: "text-busy" },
  warning: { icon: "alert", box: "bg-unknown-tint", tone: "text-unknown" },
  error: { icon: "alert", box: "bg-error-tint", tone: "text-error" },
} as const satisfies Record<BannerTone, { icon: IconName; box: string; tone: string }>;

/** A condition that affects the whole page: what, why, and the button that helps. */
export function Banner(props: {
  tone: BannerTone;
  title: string;
  text?: JSX.Element;
  action?: JSX.Element;
}) {
  return (
    <div
      role={props.tone === "error" ? "alert" : "status"}
      class={`flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2 sm:px-6 ${LOOK[props.tone].box}`}
    >
      <div class="flex min-w-0 flex-1 basis-72 gap-2.5">
        <Icon name={LOOK[props.tone].icon} class={`mt-0.5 ${LOOK[props.tone].tone}`} />
        <div
          class={`min-w-0 ${props.tone === "info" ? "flex flex-wrap items-baseline gap-x-3" : ""}`}
        >
          <p class="font-medium wrap-anywhere">{props.title}</p>
          <Show when={props.text}>
            <div class="text-sm wrap-anywhere text-text-2">{props.text}</div>
          </Show>
        </div>
      </div>
      {props.action}
    </div>
  );
}
