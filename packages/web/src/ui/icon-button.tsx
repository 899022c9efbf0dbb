import { type JSX, mergeProps, Show, splitProps } from "solid-js";
import { Icon, type IconName } from "./icon.tsx";
import { Spinner } from "./spinner.tsx";

export interface IconButtonProps
  extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "class"> {
  icon: IconName;
  /** Name for assistive technology, and the tooltip (see TooltipLayer). */
  label: string;
  busy?: boolean;
  class?: string;
}

/** The look of an icon button, for links and triggers beside icon buttons. */
export const ICON_BUTTON =
  "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-text-2 transition-colors " +
  "duration-150 not-disabled:hover:bg-hover not-disabled:hover:text-text " +
  "disabled:cursor-not-allowed disabled:opacity-35 data-[expanded]:bg-hover data-[expanded]:text-text";

/** A plain element rather than a Kobalte part: a list of 200 instances has about a thousand. */
export function IconButton(given: IconButtonProps) {
  const props = mergeProps({ type: "button" as const }, given);
  const [own, rest] = splitProps(props, ["icon", "label", "busy", "class", "disabled"]);
  return (
    <button
      {...rest}
      aria-label={own.label}
      data-tip={own.label}
      disabled={own.disabled === true || own.busy === true}
      aria-busy={own.busy === true ? "true" : undefined}
      class={`${ICON_BUTTON} ${own.class ?? ""}`}
    >
      <Show when={own.busy} fallback={<Icon name={own.icon} />}>
        <Spinner />
      </Show>
    </button>
  );
}
