import { createSignal, Show } from "solid-js";
import type { DataChoice } from "../actions/delete-dialog.tsx";
import type { Instance } from "../api/client.ts";
import { BackUpFirst } from "../backups/back-up-first.tsx";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { ChosenList } from "../jobs/chosen-list.tsx";
import { useMay } from "../session/may.ts";
import { RadioGroup } from "../ui/radio-group.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { Batch } from "./batch.ts";

/** Says which instances are deleted and what stays; deleting data requires typing their number. */
export function BulkDeleteDialog(props: {
  instances: readonly Instance[];
  onConfirm: (batch: Batch) => void;
  onClose: () => void;
}) {
  // The selection on opening, whatever happens to the list meanwhile.
  const chosen = [...props.instances];
  const count = chosen.length;
  const may = useMay();
  const [choice, setChoice] = createSignal<DataChoice>("keep");
  const [typed, setTyped] = createSignal("");
  const [backingUp, setBackingUp] = createSignal(false);
  const confirmed = () => !backingUp() && (choice() === "keep" || typed().trim() === String(count));
  const submit = () => {
    if (!confirmed()) return;
    props.onConfirm({
      kind: "remove",
      deleteData: choice() === "delete",
      items: chosen.map(({ id, name, port, owner, desired }) => ({
        id,
        name,
        port,
        ...(owner && may("assignOwners") ? { owner } : {}),
        start: desired === "running",
      })),
    });
    props.onClose();
  };
  return (
    <FormDialog
      title={t("bulk.delete.title", { count })}
      description={t("bulk.delete.text")}
      submit={
        choice() === "keep"
          ? t("bulk.delete.confirmKeep", { count })
          : t("bulk.delete.confirmPurge", { count })
      }
      danger
      disabled={!confirmed()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <ChosenList items={chosen} />
      <RadioGroup
        label={t("delete.choice")}
        value={choice()}
        onChange={setChoice}
        options={[
          { value: "keep", label: t("delete.keep"), hint: t("bulk.delete.keep.hint") },
          { value: "delete", label: t("delete.purge"), hint: t("bulk.delete.purge.hint") },
        ]}
      />
      <Show when={choice() === "delete"}>
        <BackUpFirst instanceIds={chosen.map(({ id }) => id)} onBusy={setBackingUp} />
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
