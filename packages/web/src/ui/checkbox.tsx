import { createEffect } from "solid-js";

/** A native box: a list of 200 instances has as many. The whole cell around it can be pressed. */
export function Checkbox(props: {
  label: string;
  checked: boolean;
  /** Some of what it stands for is chosen, not all. */
  mixed?: boolean;
  onToggle: (checked: boolean, event: MouseEvent) => void;
}) {
  let input: HTMLInputElement | undefined;
  createEffect(() => {
    if (input) input.indeterminate = props.mixed === true;
  });
  return (
    // Only keeps ⇧ from selecting text on its way.
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
          // What is shown follows the choice, also when that does not change.
          event.currentTarget.checked = props.checked;
        }}
        class="size-4 cursor-pointer accent-text"
      />
    </label>
  );
}
