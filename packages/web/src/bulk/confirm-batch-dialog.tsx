import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { ChosenList } from "../jobs/chosen-list.tsx";
import type { AskedBatch, Batch } from "./batch.ts";
import { batchTitle } from "./batch-words.ts";
import { createPace } from "./create-pace.ts";
import { PaceFields } from "./pace-fields.tsx";

/** The question and what its answer means. */
function wordsFor({ kind, items }: AskedBatch): { title: string; text: string } {
  const count = items.length;
  switch (kind) {
    case "stop":
      return { title: t("bulk.confirm.stop", { count }), text: t("bulk.confirm.stop.text") };
    case "restart":
      return { title: t("bulk.confirm.restart", { count }), text: t("bulk.confirm.restart.text") };
    case "migrate":
      return { title: t("bulk.confirm.migrate", { count }), text: t("bulk.confirm.migrate.text") };
  }
}

/** Confirms once, with the number, before instances are stopped; offers to go slowly for many. */
export function ConfirmBatchDialog(props: {
  batch: AskedBatch;
  onConfirm: (batch: Batch) => void;
  onClose: () => void;
}) {
  const count = props.batch.items.length;
  const words = () => wordsFor(props.batch);
  const pace = createPace(() => count);
  const submit = () => {
    const chosen = pace.pace();
    props.onConfirm(chosen ? { ...props.batch, pace: chosen } : props.batch);
  };
  return (
    <FormDialog
      title={words().title}
      description={words().text}
      submit={batchTitle(props.batch)}
      danger
      cautious
      disabled={!pace.isRight()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <ChosenList items={props.batch.items} />
      <PaceFields pace={pace} />
    </FormDialog>
  );
}
