import { useLocation, useNavigate } from "@solidjs/router";
import { createMemo, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { FormDialog } from "../forms/form-dialog.tsx";
import { formatBytes } from "../i18n/format.ts";
import { locale, t } from "../i18n/i18n.ts";
import { useJobEnds } from "../jobs/job-ends.tsx";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { useMay } from "../session/may.ts";
import { PickMany } from "../ui/pick-many.tsx";
import { RadioGroup } from "../ui/radio-group.tsx";
import { TextField } from "../ui/text-field.tsx";
import { showToast } from "../ui/toast.tsx";
import { useBackupFeed } from "./backup-context.ts";
import { createBackupForm } from "./create-backup-form.ts";
import { createJobRequest } from "./create-job-request.ts";
import { EncryptionFields } from "./encryption-fields.tsx";
import { estimate } from "./estimate.ts";
import { ModeField } from "./mode-field.tsx";

/** Requests a new backup; the backups page shows its progress. */
export function CreateBackupDialog(props: {
  preset: readonly string[] | undefined;
  onClose: () => void;
}) {
  const api = useApi();
  const live = useLive();
  const may = useMay();
  const feed = useBackupFeed();
  const navigate = useNavigate();
  const location = useLocation();
  const form = createBackupForm(props.preset);
  const request = createJobRequest();
  const tellEnd = useJobEnds();
  const instances = createMemo(() =>
    [...live.instances.list()].sort((a, b) => a.name.localeCompare(b.name, locale())),
  );
  const ids = () =>
    form.fields.scope === "all" ? instances().map(({ id }) => id) : [...form.chosen()];
  const size = createMemo(() => estimate(ids(), feed.list()));

  const submit = async () => {
    const asked = form.submit();
    if (!asked) return;
    // For a user who owns some of the instances, "all" means those.
    const input = may("manageBackups") ? asked : { ...asked, instanceIds: ids() };
    if (!(await request.begin(() => api.trpc.backups.create.mutate(input)))) return;
    const job = request.job();
    if (job) tellEnd(job);
    props.onClose();
    if (location.pathname === paths.backups) return;
    showToast({
      kind: "info",
      title: t("backup.begun"),
      button: { label: t("batch.show"), onPress: () => navigate(paths.backups) },
    });
  };
  return (
    <FormDialog
      title={t("backup.create")}
      submit={t("backup.begin")}
      busy={request.asking()}
      error={request.error()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <div class="flex flex-col gap-2">
        <RadioGroup
          label={t("backup.scope")}
          value={form.fields.scope}
          onChange={(scope) => form.set("scope", scope)}
          options={[
            { value: "all", label: t("backup.scope.all", { count: instances().length }) },
            { value: "chosen", label: t("backup.scope.chosen") },
          ]}
        />
        <Show when={form.fields.scope === "chosen"}>
          <PickMany
            label={t("nav.instances")}
            options={instances()}
            chosen={form.chosen()}
            onChange={form.setChosen}
          />
        </Show>
        <Show when={form.error("chosen")}>
          {(error) => (
            <p role="alert" class="text-xs text-error">
              {error()}
            </p>
          )}
        </Show>
        <Show when={size().known > 0}>
          <p class="text-xs text-text-3">
            {size().known < ids().length
              ? t("backup.estimate.least", { size: formatBytes(size().bytes) })
              : t("backup.estimate", { size: formatBytes(size().bytes) })}
          </p>
        </Show>
      </div>
      <TextField
        label={t("init.optional", { label: t("backup.note") })}
        value={form.fields.note}
        onInput={(note) => form.set("note", note)}
      />
      <ModeField value={form.fields.mode} onChange={(mode) => form.set("mode", mode)} />
      <EncryptionFields form={form} />
    </FormDialog>
  );
}
