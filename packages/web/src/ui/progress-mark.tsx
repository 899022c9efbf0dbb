import { Match, Switch } from "solid-js";
import { Icon } from "./icon.tsx";
import { Spinner } from "./spinner.tsx";

/** The progress of one of many, as a sign beside the word for it. */
export function ProgressMark(props: {
  state: "waiting" | "running" | "done" | "failed" | "skipped";
}) {
  return (
    <span class="mt-0.5 flex h-4 w-4 shrink-0 items-center justify-center">
      <Switch fallback={<span class="size-3 rounded-full border border-line-2" />}>
        <Match when={props.state === "running"}>
          <Spinner class="text-busy" />
        </Match>
        <Match when={props.state === "done"}>
          <Icon name="check" class="text-running" />
        </Match>
        <Match when={props.state === "failed"}>
          <Icon name="alert" class="text-error" />
        </Match>
        <Match when={props.state === "skipped"}>
          <span class="h-0.5 w-2.5 rounded-full bg-text-3" />
        </Match>
      </Switch>
    </span>
  );
}
