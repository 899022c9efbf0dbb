import { createSignal, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { showToast } from "../ui/toast.tsx";
import { OwnerSelect } from "./owner-select.tsx";

/** Gives instances to a user, or to nobody. */
export function AssignDialog(props: {
  instances: readonly Pick<Instance, "id" | "owner">[];
  onClose: () => void;
}) {
  const { instances } = useApi().trpc;
  /** The owner that they have in common. */
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
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void call.run(undefined);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("owner.assign.title", { count: props.instances.length })}
      description={t("owner.assign.text")}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button variant="primary" type="submit" form="assign" busy={call.busy()}>
            {t("owner.assign.confirm")}
          </Button>
        </>
      }
    >
      <form id="assign" onSubmit={submit} class="flex flex-col gap-4">
        <Show when={call.error()}>{(error) => <FailureNotice error={error()} />}</Show>
        <OwnerSelect value={owner()} onChange={setOwner} />
      </form>
    </Dialog>
  );
}
