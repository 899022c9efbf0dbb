import { createMemo, createUniqueId, Show } from "solid-js";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { useOwners } from "../owner/use-owners.ts";
import { useMay } from "../session/may.ts";
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
  const [field, hint] = [createUniqueId(), createUniqueId()];
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
          ? t("many.createSkipping", { count: form.items().length, skipped: form.wrong() })
          : t("many.create", { count: form.items().length })
      }
      disabled={!form.ready() || blocked()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <div class="flex flex-col gap-1">
        <label for={field} class="text-sm font-medium">
          {t("many.lines")}
        </label>
        <textarea
          data-autofocus
          id={field}
          rows={6}
          value={form.text()}
          onInput={(event) => form.setText(event.currentTarget.value)}
          placeholder={t("many.placeholder")}
          aria-describedby={hint}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          wrap="off"
          class="w-full resize-y rounded-md border border-line-2 bg-surface px-2.5 py-1.5 font-mono text-sm hover:border-text-3 focus-visible:-outline-offset-1"
        />
        <p id={hint} class="text-xs text-text-3">
          {t("many.hint")} {may("assignOwners") ? t("many.hint.owner") : ""}
        </p>
      </div>
      <Show when={form.lines().length > 0}>
        <PreviewTable lines={form.lines()} />
      </Show>
      <Switch label={t("many.start")} checked={form.start()} onChange={form.setStart} />
      <Show when={blocked()}>
        <p class="text-sm text-text-2">{t("batch.busy")}</p>
      </Show>
    </FormDialog>
  );
}
