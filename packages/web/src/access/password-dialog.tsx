import { createCall } from "../api/create-call.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { createOwnPassword, OwnPasswordField } from "./own-password.tsx";

/** Asks for the user's own password before a sensitive change. */
export function PasswordDialog(props: {
  title: string;
  text: string;
  confirm: string;
  onConfirm: (password: string) => Promise<void>;
  onClose: () => void;
}) {
  const own = createOwnPassword();
  const call = createCall((given: string) => props.onConfirm(given), own.refusals);
  const submit = () => {
    if (own.value() !== "") void call.run(own.value());
  };
  return (
    <FormDialog
      title={props.title}
      description={props.text}
      submit={props.confirm}
      busy={call.busy()}
      disabled={own.value() === ""}
      error={call.error()}
      brief
      onSubmit={submit}
      onClose={props.onClose}
    >
      <OwnPasswordField form={own} autofocus />
    </FormDialog>
  );
}
