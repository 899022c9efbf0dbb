import { Show } from "solid-js";
import { complaintIn, statusSentence } from "../status/status-words.ts";
import { ProgressMark } from "../ui/progress-mark.tsx";
import type { Batch, ItemProgress } from "./batch.ts";
import { failureWords, stateWords } from "./batch-words.ts";
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
    return failureWords(failure);
  };
  return (
    <li data-state={state()} class="flex gap-2.5 px-3 py-2">
      <ProgressMark state={state()} />
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
