import { Show } from "solid-js";
import { createCall } from "../api/create-call.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { createOwnPassword, OwnPasswordField } from "./own-password.tsx";

/** Asks for one's own password before something is done that whoever sits here must not do. */
export function PasswordDialog(props: {
  title: string;
  text: string;
  confirm: string;
  onConfirm: (password: string) => Promise<void>;
  onClose: () => void;
}) {
  const own = createOwnPassword();
  const call = createCall((given: string) => props.onConfirm(given), own.refusals);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (own.value() !== "") void call.run(own.value());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={props.title}
      description={props.text}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button
            variant="primary"
            type="submit"
            form="own-password"
            busy={call.busy()}
            disabled={own.value() === ""}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      <form id="own-password" onSubmit={submit} novalidate class="flex flex-col gap-4">
        <Show when={call.error()}>{(error) => <FailureNotice error={error()} brief />}</Show>
        <OwnPasswordField form={own} autofocus />
      </form>
    </Dialog>
  );
}
