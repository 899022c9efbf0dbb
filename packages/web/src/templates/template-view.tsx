import { createSignal, Match, Show, Switch } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Template } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { EditorWaiting } from "../config/editor-waiting.tsx";
import { LeaveGuard } from "../config/leave-guard.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { TextField } from "../ui/text-field.tsx";
import { keepUncovered } from "../ui/toast-floor.ts";
import { createTemplateEdit, type Opened, type TemplateEdit } from "./create-template-edit.ts";
import { DeleteTemplateDialog } from "./delete-template-dialog.tsx";

const TemplateEditor = lazyPart(
  () => import("./template-editor.tsx"),
  "TemplateEditor",
  EditorWaiting,
);

/** Edits one template; another one gets a new view. */
export function TemplateView(props: {
  opened: Opened;
  /** It is the default, whatever it was when it was opened. */
  isDefault: boolean;
  onSaved: (template: Template) => void;
  onDeleted: () => void;
}) {
  const edit = createTemplateEdit({
    api: useApi(),
    opened: props.opened,
    onSaved: (template) => props.onSaved(template),
  });
  const [gone, setGone] = createSignal(false);
  const removed = () => ("removed" in props.opened ? props.opened.removed : []);
  return (
    <div class="flex min-w-0 flex-1 flex-col gap-3">
      <TextField
        label={t("templates.name")}
        value={edit.name()}
        onInput={edit.setName}
        error={edit.nameError()}
        answered
        required
      />
      <Show when={removed().length > 0}>
        <p class="text-sm text-text-2 wrap-anywhere">
          {t("templates.removed", { paths: removed().join(", ") })}
        </p>
      </Show>
      <Show when={edit.error()}>
        {(error) => <FailureNotice error={error()} brief={edit.issues().length > 0} />}
      </Show>
      <div class="flex min-h-96 flex-[1_0_24rem] flex-col overflow-hidden rounded-lg border bg-surface focus-within:border-line-2">
        <TemplateEditor edit={edit} />
        <TemplateBar
          edit={edit}
          isDefault={props.isDefault}
          onDeleted={() => {
            setGone(true);
            props.onDeleted();
          }}
        />
      </div>
      <LeaveGuard dirty={edit.dirty() && !edit.busy() && !gone()} text={t("templates.leave")} />
    </div>
  );
}

function TemplateBar(props: { edit: TemplateEdit; isDefault: boolean; onDeleted: () => void }) {
  const [deleting, setDeleting] = createSignal<Template>();
  const isNew = () => props.edit.stored() === undefined;
  return (
    <div
      ref={keepUncovered}
      class="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-t bg-sunken px-3 py-2"
    >
      <span role="status" class="min-w-0 flex-1 text-sm text-text-2">
        <Switch fallback={t("templates.saved")}>
          <Match when={props.edit.dirty()}>{t("templates.dirty")}</Match>
        </Switch>
      </span>
      <Show when={!props.isDefault && props.edit.stored()}>
        {(stored) => (
          <>
            <Show when={stored().isRemovable}>
              <Button variant="danger" onClick={() => setDeleting(stored())}>
                {t("templates.delete")}
              </Button>
            </Show>
            <Button disabled={props.edit.busy()} onClick={() => void props.edit.makeDefault()}>
              {t("templates.makeDefault")}
            </Button>
          </>
        )}
      </Show>
      <Button
        variant="primary"
        busy={props.edit.busy()}
        disabled={!props.edit.dirty()}
        onClick={() => void props.edit.save()}
      >
        {t(isNew() ? "templates.create" : "templates.save")}
      </Button>
      <Show when={deleting()}>
        {(template) => (
          <DeleteTemplateDialog
            template={template()}
            onDeleted={props.onDeleted}
            onClose={() => setDeleting(undefined)}
          />
        )}
      </Show>
    </div>
  );
}
