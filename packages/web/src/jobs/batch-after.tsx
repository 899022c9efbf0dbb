import { createMemo, createSignal, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Job } from "../api/client.ts";
import { createButtonCall } from "../api/create-button-call.ts";
import { createQuery } from "../api/create-query.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { now } from "../ui/now.ts";
import { batchBy } from "./job-result.ts";
import { needsOperator, notDoneIn, undoIn } from "./rest-of-batch.ts";

const BatchAgainDialog = lazyPart(() => import("./batch-again-dialog.tsx"), "BatchAgainDialog");

/** After this time, nobody remembers what a batch did. */
const OFFERED_FOR_MS = 24 * 3_600_000;

/** Retries the rest of a finished batch, or undoes the batch. */
export function BatchAfter(props: { job: Job }) {
  const isRecent = () =>
    props.job.finishedAt !== null && now() - Date.parse(props.job.finishedAt) < OFFERED_FOR_MS;
  const recentId = createMemo(() =>
    props.job.kind === "batch" && isRecent() ? props.job.id : undefined,
  );
  return (
    <Show when={recentId()} keyed>
      {(id) => <WithRecord id={id} />}
    </Show>
  );
}

/** Asks for the record of the batch, since its events lack what the two need. */
function WithRecord(props: { id: string }) {
  const { jobs } = useApi().trpc;
  const record = createQuery((signal) => jobs.get.query({ id: props.id }, { signal }));
  return <Show when={record.data()}>{(job) => <RetryAndUndo job={job()} />}</Show>;
}

function RetryAndUndo(props: { job: Job }) {
  const { batches } = useApi().trpc;
  const live = useLive();
  const may = useMay();
  const [asking, setAsking] = createSignal<"undo" | "retry">();
  const isOffered = (action: Parameters<typeof needsOperator>[0]) =>
    !needsOperator(action) || may("removeInstances");
  const rest = () => (isOffered(batchBy(props.job)?.action) ? notDoneIn(props.job) : []);
  const undo = () => {
    const request = undoIn(props.job, (id) => live.instances.get(id) ?? null);
    return isOffered(request?.action) ? request : null;
  };
  const retry = createButtonCall(
    () => t("failed.retry"),
    async () => {
      await batches.retry.mutate({ id: props.job.id });
    },
  );
  /** Asks before it takes several instances down. */
  const asksFirst = () => {
    const action = batchBy(props.job)?.action;
    return action === "stop" || action === "restart" || action === "remove";
  };
  return (
    <Show when={rest().length > 0 || undo()}>
      <div class="flex flex-wrap gap-2">
        <Show when={rest().length > 0}>
          <Button
            small
            icon="restart"
            busy={retry.busy()}
            onClick={() => (asksFirst() ? setAsking("retry") : void retry.run())}
          >
            {t("batch.retryRest", { count: rest().length })}
          </Button>
        </Show>
        <Show when={undo()}>
          <Button small variant="ghost" onClick={() => setAsking("undo")}>
            {t("batch.undo")}
          </Button>
        </Show>
      </div>
      <Show when={asking()} keyed>
        {(what) => (
          <BatchAgainDialog
            job={props.job}
            undo={what === "undo" ? undo() : null}
            rest={rest()}
            onClose={() => setAsking(undefined)}
          />
        )}
      </Show>
    </Show>
  );
}
