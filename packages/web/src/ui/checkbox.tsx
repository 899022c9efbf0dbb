import { createEffect } from "solid-js";

/**
 * A native checkbox: a list of 200 instances has as many. The whole surrounding cell is clickable.
 */
export function Checkbox(props: {
  label: string;
  checked: boolean;
  /** Some of the items are selected, not all. */
  mixed?: boolean;
  onToggle: (checked: boolean, event: MouseEvent) => void;
}) {
  let input: HTMLInputElement | undefined;
  createEffect(() => {
    if (input) input.indeterminate = props.mixed === true;
  });
  return (
    // Prevents only the text selection by ⇧.
    <label
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      class="flex cursor-pointer items-center justify-center p-2 select-none"
    >
      <input
        ref={input}
        type="checkbox"
        aria-label={props.label}
        checked={props.checked}
        onClick={(event) => {
          props.onToggle(event.currentTarget.checked, event);
          // The box follows the choice, even when that does not change.
          event.currentTarget.checked = props.checked;
        }}
        class="size-4 cursor-pointer accent-text"
      />
    </label>
  );
}
