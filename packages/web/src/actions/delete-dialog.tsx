import { createSignal, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { BackUpFirst } from "../backups/back-up-first.tsx";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { useMay } from "../session/may.ts";
import { RadioGroup } from "../ui/radio-group.tsx";
import { TextField } from "../ui/text-field.tsx";
import { showToast } from "../ui/toast.tsx";
import { createAgain } from "./create-again.ts";

export type DataChoice = "keep" | "delete";

/** Says what is deleted and what stays; deleting data requires typing the id. */
export function DeleteDialog(props: {
  instance: Instance;
  /** Preselected; the danger zone has a button for each. */
  choice?: DataChoice;
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const api = useApi();
  const may = useMay();
  const [choice, setChoice] = createSignal<DataChoice>(props.choice ?? "keep");
  const [typed, setTyped] = createSignal("");
  const [backingUp, setBackingUp] = createSignal(false);
  const confirmed = () => choice() === "keep" || typed() === props.instance.id;

  const call = createCall(async () => {
    const { id, name, port, owner, desired } = props.instance;
    const again = {
      id,
      name,
      port,
      ...(owner && may("assignOwners") ? { owner } : {}),
      start: desired === "running",
    };
    const deleteData = choice() === "delete";
    await api.trpc.instances.remove.mutate({ id, deleteData });
    showToast({
      kind: "success",
      title: t("delete.done", { name }),
      text: deleteData ? t("delete.done.purged") : t("delete.done.kept", { id }),
      // Without its data, a recreated instance would be another one.
      ...(deleteData
        ? {}
        : {
            button: { label: t("undo.createAgain"), onPress: () => void createAgain(api, again) },
          }),
    });
    props.onClose();
    props.onDeleted?.();
  });
  const submit = () => {
    if (confirmed() && !backingUp()) void call.run(undefined);
  };
  return (
    <FormDialog
      title={t("delete.title", { name: props.instance.name })}
      description={t("delete.text")}
      submit={choice() === "keep" ? t("delete.confirmKeep") : t("delete.confirmPurge")}
      danger
      busy={call.busy()}
      disabled={!confirmed() || backingUp()}
      error={call.error()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <RadioGroup
        label={t("delete.choice")}
        value={choice()}
        onChange={setChoice}
        options={[
          {
            value: "keep",
            label: t("delete.keep"),
            hint: t("delete.keep.hint", { id: props.instance.id }),
          },
          { value: "delete", label: t("delete.purge"), hint: t("delete.purge.hint") },
        ]}
      />
      <Show when={choice() === "delete"}>
        <BackUpFirst instanceIds={[props.instance.id]} onBusy={setBackingUp} />
        <TextField
          label={t("delete.typeId", { id: props.instance.id })}
          value={typed()}
          onInput={setTyped}
          mono
          autofocus
        />
      </Show>
    </FormDialog>
  );
}
