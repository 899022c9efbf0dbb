import { Button as KobalteButton } from "@kobalte/core/button";
import { type JSX, mergeProps, Show, splitProps } from "solid-js";
import { Icon, type IconName } from "./icon.tsx";
import { Spinner } from "./spinner.tsx";

export type ButtonVariant = "primary" | "plain" | "ghost" | "danger";

export interface ButtonProps extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "class"> {
  /** `primary` at most once per view. */
  variant?: ButtonVariant;
  icon?: IconName;
  /** The button's action is running: it keeps its width and ignores further clicks. */
  busy?: boolean;
  small?: boolean;
  class?: string;
}

const BASE =
  "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap " +
  "transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-50";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-on-accent not-disabled:hover:bg-accent-hover",
  plain: "border-line-2 bg-surface text-text not-disabled:hover:bg-hover",
  ghost:
    "border-transparent bg-transparent text-text-2 not-disabled:hover:bg-hover not-disabled:hover:text-text",
  danger:
    "border-line-2 bg-surface text-error not-disabled:hover:border-error not-disabled:hover:bg-error-tint",
};

/** The look of a button, for links in place of buttons. */
export function buttonClass(variant: ButtonVariant, small = false): string {
  return `${BASE} ${VARIANTS[variant]} ${small ? "h-7 px-2 text-xs" : "h-8 px-3 text-base"}`;
}

export function Button(given: ButtonProps) {
  const props = mergeProps({ variant: "plain" as const, type: "button" as const }, given);
  const [own, rest] = splitProps(props, [
    "variant",
    "icon",
    "busy",
    "small",
    "class",
    "children",
    "disabled",
  ]);
  return (
    <KobalteButton
      {...rest}
      disabled={own.disabled === true || own.busy === true}
      aria-busy={own.busy === true ? "true" : undefined}
      class={`${buttonClass(own.variant, own.small)} ${own.class ?? ""}`}
    >
      <Show
        when={own.busy}
        fallback={<Show when={own.icon}>{(name) => <Icon name={name()} />}</Show>}
      >
        <Spinner />
      </Show>
      {own.children}
    </KobalteButton>
  );
}
