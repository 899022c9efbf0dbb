import { Index, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Progress } from "../ui/progress.tsx";
import { ProgressMark } from "../ui/progress-mark.tsx";
import { isMoving, lineWords, type Transfer, type TransferLine } from "./transfer-words.ts";

/** The progress of a data transfer for each instance. */
export function TransferLines(props: { transfer: Transfer }) {
  return (
    <Show when={props.transfer.instances.length > 0}>
      <ul
        aria-label={t("transfer.lines")}
        tabindex={0}
        class="max-h-72 divide-y overflow-y-auto rounded-md border"
      >
        <Index each={props.transfer.instances}>{(line) => <Line line={line()} />}</Index>
      </ul>
    </Show>
  );
}

function Line(props: { line: TransferLine }) {
  return (
    <li class="flex gap-2.5 px-3 py-2" data-phase={props.line.phase}>
      <ProgressMark state={stateOf(props.line.phase)} />
      <div class="min-w-0 flex-1">
        <div class="flex flex-wrap items-baseline gap-x-2">
          <span class="min-w-0 truncate font-medium">{props.line.name}</span>
          <span class="min-w-0 truncate font-mono text-xs text-text-3">{props.line.id}</span>
          <span
            class={`ml-auto text-xs tabular ${props.line.phase === "failed" ? "text-error" : "text-text-2"}`}
          >
            {lineWords(props.line)}
          </span>
        </div>
        <Show when={isMoving(props.line) && props.line.totalBytes > 0}>
          <div class="mt-1.5">
            <Progress label={props.line.name} value={props.line.bytes / props.line.totalBytes} />
          </div>
        </Show>
        <Show when={props.line.problem}>
          {(problem) => <p class="text-sm wrap-anywhere text-text-2">{problem()}</p>}
        </Show>
      </div>
    </li>
  );
}

function stateOf(phase: TransferLine["phase"]) {
  return phase === "waiting" || phase === "done" || phase === "failed" ? phase : "running";
}
