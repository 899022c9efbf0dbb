import { createSignal } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";
import { OwnerSelect } from "./owner-select.tsx";

/** Sets or removes the owner of instances. */
export function AssignDialog(props: {
  instances: readonly Pick<Instance, "id" | "owner">[];
  onClose: () => void;
}) {
  const { instances } = useApi().trpc;
  /** Their common owner. */
  const common = () => {
    const [first, ...rest] = props.instances;
    return first && rest.every((one) => one.owner === first.owner) ? first.owner : null;
  };
  const [owner, setOwner] = createSignal(common());
  const call = createCall(async () => {
    const user = owner();
    await instances.assign.mutate({ ids: props.instances.map((one) => one.id), owner: user });
    showToast({
      kind: "success",
      title: user === null ? t("owner.unassigned") : t("owner.assigned", { user }),
    });
    props.onClose();
  });
  const submit = () => {
    void call.run(undefined);
  };
  return (
    <FormDialog
      title={t("owner.assign.title", { count: props.instances.length })}
      description={t("owner.assign.text")}
      submit={t("owner.assign.confirm")}
      busy={call.busy()}
      error={call.error()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <OwnerSelect value={owner()} onChange={setOwner} />
    </FormDialog>
  );
}
