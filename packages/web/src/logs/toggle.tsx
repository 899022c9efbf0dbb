import type { JSX } from "solid-js";

/** A button that stays pressed. */
export function Toggle(props: {
  label: string;
  pressed: boolean;
  onToggle: () => void;
  /** Its content; by default its label. */
  children?: JSX.Element;
  class?: string;
}) {
  return (
    <button
      type="button"
      aria-pressed={props.pressed}
      aria-label={props.label}
      data-tip={props.children ? props.label : undefined}
      onClick={() => props.onToggle()}
      class={`h-8 rounded-md border border-transparent px-2.5 whitespace-nowrap text-text-2 transition-colors hover:bg-hover hover:text-text aria-pressed:border-line-2 aria-pressed:bg-surface aria-pressed:text-text ${props.class ?? ""}`}
    >
      {props.children ?? props.label}
    </button>
  );
}
