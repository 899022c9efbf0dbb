import { createMemo, on, onCleanup, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createQuery } from "../api/create-query.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { JobClose } from "../jobs/job-close.tsx";
import { GroupField } from "../labels/group-field.tsx";
import { tagsOf } from "../labels/known-labels.ts";
import { TagField } from "../labels/tag-field.tsx";
import { useLive } from "../live/live-context.tsx";
import { OwnerSelect } from "../owner/owner-select.tsx";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Switch } from "../ui/switch.tsx";
import { TextField } from "../ui/text-field.tsx";
import { createCreation } from "./create-creation.ts";
import { createInstanceForm, type Fields, type InstanceForm } from "./create-instance-form.ts";
import { CreationProgress } from "./creation-progress.tsx";
import { TemplateSelect } from "./template-select.tsx";

/** Creates an instance, then shows its start. Closing it stops nothing. */
export function CreateDialog(props: {
  /** The unsent draft, such as from before leaving the page. */
  begun: Fields | undefined;
  onLeave: (unsent: Fields | undefined) => void;
  onClose: () => void;
}) {
  const live = useLive();
  const form = createInstanceForm(
    () => new Set(live.instances.list().map((one) => one.id)),
    props.begun,
  );
  const creation = createCreation();
  const api = useApi();
  const proposal = createQuery(() => api.trpc.instances.proposePort.query());
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const input = form.submit();
    if (input) void creation.begin(input);
  };
  /** A banner only for errors that belong to no field. */
  const banner = createMemo(
    on(creation.error, (error) => (error !== undefined && !form.refuse(error) ? error : undefined)),
  );
  onCleanup(() => props.onLeave(creation.input() ? undefined : { ...form.fields }));
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={
        creation.input()
          ? t("create.making", { name: creation.input()?.name ?? "" })
          : t("instances.create")
      }
      footer={
        <Show
          when={creation.input()}
          fallback={
            <>
              <Button onClick={props.onClose}>{t("action.cancel")}</Button>
              <Button variant="primary" type="submit" form="create-instance">
                {t("action.create")}
              </Button>
            </>
          }
        >
          <JobClose running={!creation.finished()} onClose={props.onClose} />
        </Show>
      }
    >
      <Show
        when={!creation.input()}
        fallback={<CreationProgress creation={creation} onLeave={props.onClose} />}
      >
        <form id="create-instance" onSubmit={submit} novalidate class="flex flex-col gap-4 pt-1">
          <Show when={banner()}>{(error) => <FailureNotice error={error()} />}</Show>
          <FormFields form={form} port={proposal.data()?.port} />
        </form>
      </Show>
    </Dialog>
  );
}

function FormFields(props: {
  form: InstanceForm;
  /** The port that would be allocated now; unknown until the panel has answered. */
  port: number | undefined;
}) {
  const may = useMay();
  const live = useLive();
  const automatic = () =>
    props.port === undefined
      ? t("create.port.auto")
      : t("create.port.proposed", { port: String(props.port) });
  return (
    <>
      <TextField
        label={t("create.name")}
        value={props.form.fields.name}
        onInput={props.form.setName}
        error={props.form.error("name")}
        hint={t("create.name.hint")}
        required
        autofocus
      />
      <TextField
        label={t("create.id")}
        value={props.form.fields.id}
        onInput={props.form.setId}
        error={props.form.error("id")}
        answered={props.form.refused("id")}
        hint={t("create.id.hint")}
        required
        mono
      />
      <TextField
        label={t("create.port")}
        value={props.form.fields.port}
        onInput={props.form.setPort}
        error={props.form.error("port")}
        answered={props.form.refused("port")}
        placeholder={automatic()}
        hint={t("create.port.hint")}
      />
      <Show when={may("assignOwners")}>
        <OwnerSelect value={props.form.fields.owner} onChange={props.form.setOwner} />
      </Show>
      <GroupField value={props.form.fields.group} onInput={props.form.setGroup} />
      <TagField
        label={t("label.tags")}
        tags={props.form.fields.tags}
        onChange={props.form.setTags}
        suggestions={tagsOf(live.instances.list())}
      />
      <TemplateSelect value={props.form.fields.template} onChange={props.form.setTemplate} />
      <Switch
        label={t("create.start")}
        checked={props.form.fields.start}
        onChange={props.form.setStart}
      />
    </>
  );
}
