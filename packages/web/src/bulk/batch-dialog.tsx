import { createMemo, createSignal, For, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { BatchPause } from "../jobs/batch-pause.tsx";
import { batchBy } from "../jobs/job-result.ts";
import { jobStepWords } from "../jobs/job-words.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Progress } from "../ui/progress.tsx";
import { Switch } from "../ui/switch.tsx";
import { takeLostFocus } from "../ui/take-lost-focus.ts";
import type { Batch } from "./batch.ts";
import { BatchRow } from "./batch-row.tsx";
import { BatchSummary } from "./batch-summary.tsx";
import { batchTitle, undoWords } from "./batch-words.ts";
import type { BatchRunner } from "./create-batch-runner.ts";

/** Successes and failures per instance. Closing it stops nothing. */
export function BatchDialog(props: {
  batch: Batch;
  runner: BatchRunner;
  onBegin: (batch: Batch) => void;
  onClose: () => void;
}) {
  const [onlyFailed, setOnlyFailed] = createSignal(false);
  const counts = () => props.runner.counts();
  const total = () => props.runner.all().length;
  const settled = () => counts().done + counts().failed + counts().skipped;
  const shown = createMemo(() =>
    onlyFailed() && counts().failed > 0
      ? props.runner.all().filter((one) => props.runner.outcome(one) === "failed")
      : props.runner.all(),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={batchTitle(props.batch)}
      footer={<Buttons runner={props.runner} onBegin={props.onBegin} onClose={props.onClose} />}
    >
      <div class="flex flex-col gap-3 pt-1">
        <Progress
          label={batchTitle(props.batch)}
          value={total() === 0 ? 1 : settled() / total()}
          failed={counts().failed > 0}
        />
        <div class="flex min-h-6 flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <p role="status" class="tabular text-text-2">
            <Summary runner={props.runner} />
          </p>
          <Show when={counts().failed > 0 && counts().failed < total()}>
            <Switch label={t("batch.onlyFailed")} checked={onlyFailed()} onChange={setOnlyFailed} />
          </Show>
        </div>
        <ul class="divide-y rounded-md border">
          <For each={shown()}>
            {(one) => <BatchRow batch={props.batch} progress={one} runner={props.runner} />}
          </For>
        </ul>
        <Show when={props.runner.calling()}>
          <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-xs text-text-3">
            <p>{t("batch.goesOn")}</p>
            <Show when={props.runner.job()}>
              {(job) => (
                <div class="flex items-center gap-2">
                  <Show when={batchBy(job())?.paused || batchBy(job())?.wave}>
                    {jobStepWords(job())}
                  </Show>
                  <BatchPause job={job()} />
                </div>
              )}
            </Show>
          </div>
        </Show>
      </div>
    </Dialog>
  );
}

function Summary(props: { runner: BatchRunner }) {
  const counts = () => props.runner.counts();
  return (
    <BatchSummary
      done={t("batch.summary", { done: counts().done, total: props.runner.all().length })}
      counts={counts()}
      skipped={(count) => t("batch.summary.skipped", { count })}
    />
  );
}

function Buttons(props: {
  runner: BatchRunner;
  onBegin: (batch: Batch) => void;
  onClose: () => void;
}) {
  const counts = () => props.runner.counts();
  return (
    <Show
      when={!props.runner.calling()}
      fallback={
        <>
          <Show when={counts().waiting > 0}>
            <Button busy={props.runner.stopping()} onClick={props.runner.cancel}>
              {t("batch.cancel", { count: counts().waiting })}
            </Button>
          </Show>
          <Button onClick={props.onClose}>{t("create.background")}</Button>
        </>
      }
    >
      <Show when={props.runner.undo()}>
        {(undo) => (
          <Button variant="ghost" onClick={() => props.onBegin(undo())}>
            {undoWords(undo())}
          </Button>
        )}
      </Show>
      <Show when={counts().skipped > 0}>
        <Button onClick={() => props.runner.again("skipped")}>
          {t("batch.goOn", { count: counts().skipped })}
        </Button>
      </Show>
      <Show when={counts().failed > 0}>
        <Button icon="restart" onClick={() => props.runner.again("failed")}>
          {t("batch.retry", { count: counts().failed })}
        </Button>
      </Show>
      <Button ref={takeLostFocus} onClick={props.onClose}>
        {t("action.done")}
      </Button>
    </Show>
  );
}
