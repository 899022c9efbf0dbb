import { createMemo, Show } from "solid-js";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { joinSentences } from "../i18n/join-sentences.ts";
import { useLive } from "../live/live-context.tsx";
import { useOwners } from "../owner/use-owners.ts";
import { useMay } from "../session/may.ts";
import { LinesField } from "../ui/lines-field.tsx";
import { Switch } from "../ui/switch.tsx";
import { useBatch } from "./batch-context.tsx";
import { createManyForm } from "./create-many-form.ts";
import { PreviewTable } from "./preview-table.tsx";

/** Creates many instances from pasted lines, with errors per line before anything is created. */
export function CreateManyDialog(props: { onClose: () => void }) {
  const live = useLive();
  const batch = useBatch();
  const existing = createMemo(
    () => new Set(live.instances.list().map((one) => one.id)),
    undefined,
    {
      equals: (a, b) => a.size === b.size && [...a].every((id) => b.has(id)),
    },
  );
  const may = useMay();
  const form = createManyForm(existing, useOwners());
  const blocked = () => batch.runner.calling();
  const submit = () => {
    if (!form.ready() || blocked()) return;
    batch.begin(form.batch());
    props.onClose();
  };
  return (
    <FormDialog
      wide
      title={t("many.title")}
      submit={
        form.wrong() > 0
          ? t("many.createSkipping", { count: form.valid().length, skipped: form.wrong() })
          : t("many.create", { count: form.valid().length })
      }
      disabled={!form.ready() || blocked()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <LinesField
        label={t("many.lines")}
        value={form.text()}
        onInput={form.setText}
        placeholder={t("many.placeholder")}
        hint={joinSentences(t("many.hint"), may("assignOwners") ? t("many.hint.owner") : "")}
      />
      <Show when={form.lines().length > 0}>
        <PreviewTable
          lines={form.lines()}
          good={t("many.good", { count: form.valid().length })}
          owner={t("owner.label")}
        />
      </Show>
      <Switch label={t("many.start")} checked={form.start()} onChange={form.setStart} />
      <Show when={blocked()}>
        <p class="text-sm text-text-2">{t("batch.busy")}</p>
      </Show>
    </FormDialog>
  );
}
