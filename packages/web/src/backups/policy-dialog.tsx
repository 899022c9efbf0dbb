import { createMemo, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { BackupPolicy } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { locale, t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { PickMany } from "../ui/pick-many.tsx";
import { RadioGroup } from "../ui/radio-group.tsx";
import { Switch } from "../ui/switch.tsx";
import { showToast } from "../ui/toast.tsx";
import { createPolicyForm, type PolicyForm } from "./create-policy-form.ts";
import { KeepFields } from "./keep-fields.tsx";
import { ModeField } from "./mode-field.tsx";
import { RecipientsField } from "./recipients-field.tsx";
import { ScheduleFields } from "./schedule-fields.tsx";

/** Edits schedule, instances and retention. */
export function PolicyDialog(props: {
  policy: BackupPolicy;
  onSaved: () => void;
  onClose: () => void;
}) {
  const api = useApi();
  const form = createPolicyForm(props.policy);
  const call = createCall(async (policy: BackupPolicy) => {
    await api.trpc.backups.savePolicy.mutate(policy);
    showToast({
      kind: "success",
      title: policy.enabled ? t("policy.saved.on") : t("policy.saved.off"),
    });
    props.onSaved();
    props.onClose();
  });
  const submit = () => {
    const policy = form.submit();
    if (policy) void call.run(policy);
  };
  return (
    <FormDialog
      wide
      title={t("policy.title")}
      submit={t("account.save")}
      busy={call.busy()}
      error={call.error()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Switch
        label={t("policy.enabled")}
        checked={form.fields.enabled}
        onChange={(enabled) => form.set("enabled", enabled)}
      />
      <Show when={form.fields.enabled}>
        <ScheduleFields form={form} />
        <What form={form} policy={props.policy} />
        <ModeField value={form.fields.mode} onChange={(mode) => form.set("mode", mode)} />
        <RecipientsField
          value={form.fields.recipients}
          onInput={(text) => form.set("recipients", text)}
          error={form.error("recipients")}
          hint={t("policy.recipients.hint")}
        />
      </Show>
      <KeepFields form={form} />
    </FormDialog>
  );
}

function What(props: { form: PolicyForm; policy: BackupPolicy }) {
  const live = useLive();
  /** Keeps an earlier choice visible even if its instance is gone. */
  const instances = createMemo(() => {
    const known = [...live.instances.list()].sort((a, b) => a.name.localeCompare(b.name, locale()));
    const gone = (props.policy.instanceIds ?? []).filter((id) => !live.instances.get(id));
    return [...known, ...gone.map((id) => ({ id, name: t("policy.gone") }))];
  });
  return (
    <div class="flex flex-col gap-2">
      <RadioGroup
        label={t("backup.scope")}
        value={props.form.fields.scope}
        onChange={(scope) => props.form.set("scope", scope)}
        options={[
          { value: "all", label: t("policy.allInstances"), hint: t("policy.allInstances.hint") },
          { value: "chosen", label: t("backup.scope.chosen") },
        ]}
      />
      <Show when={props.form.fields.scope === "chosen"}>
        <PickMany
          label={t("nav.instances")}
          options={instances()}
          chosen={props.form.chosen()}
          onChange={props.form.setChosen}
        />
      </Show>
      <Show when={props.form.error("chosen")}>
        {(error) => (
          <p role="alert" class="text-xs text-error">
            {error()}
          </p>
        )}
      </Show>
    </div>
  );
}
