import { createSignal, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Job } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { RadioGroup } from "../ui/radio-group.tsx";
import { TextField } from "../ui/text-field.tsx";
import { actionTitle } from "./batch-title.ts";
import { ChosenList } from "./chosen-list.tsx";
import { batchBy } from "./job-result.ts";
import { jobTitle } from "./job-words.ts";
import { idsIn, type Undo } from "./rest-of-batch.ts";

/** Confirms the undo or retry of a batch; names its action, its instances and their number. */
export function BatchAgainDialog(props: {
  job: Job;
  /** Null: the batch is retried. */
  undo: Undo | null;
  rest: readonly string[];
  onClose: () => void;
}) {
  const { batches } = useApi().trpc;
  const live = useLive();
  const batch = batchBy(props.job);
  // Fixed on opening: the list may change meanwhile.
  const { undo, job } = props;
  const ids = undo ? idsIn(undo) : props.rest;
  const count = ids.length;
  const removes = undo?.action === "remove";
  const [choice, setChoice] = createSignal<"keep" | "delete">("keep");
  const [typed, setTyped] = createSignal("");
  const deleteData = () => removes && choice() === "delete";
  const items = ids.map((id) => ({
    id,
    name: live.instances.get(id)?.name ?? batch?.before?.find((one) => one.id === id)?.name ?? id,
  }));
  const action = undo?.action ?? batch?.action ?? "start";
  const call = createCall(async () => {
    if (undo) await batches.undo.mutate({ id: job.id, deleteData: deleteData() });
    else await batches.retry.mutate({ id: job.id });
    props.onClose();
  });
  return (
    <FormDialog
      title={t(undo ? "batch.undo.title" : "batch.retry.title", { job: jobTitle(job) })}
      submit={actionTitle(
        { action, deleteData: undo ? deleteData() : (batch?.deleteData ?? false) },
        count,
      )}
      danger={action === "stop" || action === "restart" || action === "remove"}
      busy={call.busy()}
      error={call.error()}
      disabled={deleteData() && typed().trim() !== String(count)}
      onSubmit={() => call.run(undefined)}
      onClose={props.onClose}
    >
      <ChosenList items={items} />
      <Show when={removes}>
        <RadioGroup
          label={t("delete.choice")}
          value={choice()}
          onChange={setChoice}
          options={[
            { value: "keep", label: t("delete.keep"), hint: t("bulk.delete.keep.hint") },
            { value: "delete", label: t("delete.purge"), hint: t("bulk.delete.purge.hint") },
          ]}
        />
      </Show>
      <Show when={deleteData()}>
        <TextField
          label={t("bulk.delete.typeCount", { count })}
          value={typed()}
          onInput={setTyped}
          autofocus
        />
      </Show>
    </FormDialog>
  );
}
