import type { ParentProps } from "solid-js";
import { Icon } from "./icon.tsx";

/** Whether a state is as it should be: shape, word and colour. */
export function StateWord(props: ParentProps<{ good: boolean }>) {
  return (
    <span
      class={`inline-flex items-center gap-1.5 font-medium ${props.good ? "text-running" : "text-error"}`}
    >
      <Icon name={props.good ? "check" : "alert"} />
      {props.children}
    </span>
  );
}
