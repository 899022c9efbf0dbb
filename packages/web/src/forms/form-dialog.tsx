import { createUniqueId, type JSX, Show } from "solid-js";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

/**
 * A dialog with a single form: its fields, the failure of the last attempt above them, cancel and
 * submit below.
 */
export function FormDialog(props: {
  title: string;
  description?: JSX.Element;
  wide?: boolean;
  /** The label of the submit button. */
  submit: string;
  /** Submitting destroys something. */
  danger?: boolean;
  /** The focus begins on cancelling. */
  cautious?: boolean;
  busy?: boolean;
  disabled?: boolean;
  /** The failure of the last attempt. */
  error?: unknown;
  /** Omits the panel's own message where its details are shown elsewhere. */
  brief?: boolean;
  onSubmit: () => unknown;
  onClose: () => void;
  children: JSX.Element;
}) {
  const id = createUniqueId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={props.title}
      description={props.description}
      wide={props.wide ?? false}
      footer={
        <>
          <Button data-autofocus={props.cautious ? "" : undefined} onClick={props.onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            variant={props.danger ? "danger" : "primary"}
            type="submit"
            form={id}
            busy={props.busy ?? false}
            disabled={props.disabled ?? false}
          >
            {props.submit}
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={submit}
        novalidate
        class={`flex flex-col gap-4 ${props.description ? "" : "pt-1"}`}
      >
        <Show when={props.error}>
          {(error) => <FailureNotice error={error()} brief={props.brief ?? false} />}
        </Show>
        {props.children}
      </form>
    </Dialog>
  );
}
