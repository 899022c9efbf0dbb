import { useApi } from "../api/api-context.tsx";
import type { Template } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";

export function DeleteTemplateDialog(props: {
  template: Template;
  onDeleted: () => void;
  onClose: () => void;
}) {
  const { templates } = useApi().trpc;
  const call = createCall(async () => {
    const { id, name } = props.template;
    await templates.remove.mutate({ id });
    showToast({ kind: "success", title: t("templates.deleted", { name }) });
    props.onClose();
    props.onDeleted();
  });
  return (
    <FormDialog
      title={t("templates.delete.title", { name: props.template.name })}
      description={t("templates.delete.text")}
      submit={t("templates.delete.confirm")}
      danger
      cautious
      busy={call.busy()}
      error={call.error()}
      onSubmit={() => call.run(undefined)}
      onClose={props.onClose}
    >
      {null}
    </FormDialog>
  );
}
