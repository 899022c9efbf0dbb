import { Match, Show, Switch } from "solid-js";
import { explain } from "../api/api-error.ts";
import { complaintIn, statusSentence } from "../status/status-words.ts";
import { Icon } from "../ui/icon.tsx";
import { Spinner } from "../ui/spinner.tsx";
import type { Batch, ItemProgress, ItemState } from "./batch.ts";
import { stateWords } from "./batch-words.ts";
import type { BatchRunner } from "./create-batch-runner.ts";

/** One instance of a batch, with its result and error. */
export function BatchRow(props: { batch: Batch; progress: ItemProgress; runner: BatchRunner }) {
  const state = () => props.runner.outcome(props.progress);
  const reason = (): string | null => {
    if (state() !== "failed") return null;
    const { failure, item } = props.progress;
    const instance = props.runner.instance(item.id);
    // The instance itself explains a failed start best, while it still shows the error.
    if (!failure || (failure.reason === "START_FAILED" && instance?.status === "error"))
      return instance ? (complaintIn(instance) ?? statusSentence(instance)) : null;
    const { what, fix, detail } = explain(failure.reason, failure.message);
    return `${what} ${detail ?? fix}`;
  };
  return (
    <li data-state={state()} class="flex gap-2.5 px-3 py-2">
      <Mark state={state()} />
      <div class="min-w-0 flex-1">
        <div class="flex items-baseline gap-2">
          <span class="truncate font-medium">{props.progress.item.name}</span>
          <span class="truncate font-mono text-xs text-text-3">{props.progress.item.id}</span>
          <span
            class={`ml-auto shrink-0 text-xs ${state() === "failed" ? "text-error" : "text-text-2"}`}
          >
            {stateWords(props.batch, state(), props.progress.state === "done")}
          </span>
        </div>
        <Show when={reason()}>
          {(text) => <p class="text-sm wrap-anywhere text-text-2">{text()}</p>}
        </Show>
      </div>
    </li>
  );
}

function Mark(props: { state: ItemState }) {
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
