import { t } from "../i18n/i18n.ts";
import { ChosenList } from "../jobs/chosen-list.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import type { Batch } from "./batch.ts";
import { batchTitle } from "./batch-words.ts";

/** Confirms once, with the number, before many instances are stopped. */
export function ConfirmBatchDialog(props: {
  batch: Batch;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const count = props.batch.items.length;
  const restarts = props.batch.kind === "restart";
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={restarts ? t("bulk.confirm.restart", { count }) : t("bulk.confirm.stop", { count })}
      description={restarts ? t("bulk.confirm.restart.text") : t("bulk.confirm.stop.text")}
      footer={
        <>
          <Button data-autofocus onClick={props.onClose}>
            {t("action.cancel")}
          </Button>
          <Button variant="danger" onClick={props.onConfirm}>
            {batchTitle(props.batch)}
          </Button>
        </>
      }
    >
      <ChosenList items={props.batch.items} />
    </Dialog>
  );
}
