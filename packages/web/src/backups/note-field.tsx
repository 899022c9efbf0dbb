import { createSignal, Show } from "solid-js";
import type { Backup } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";
import { createBackupActions } from "./create-backup-actions.ts";

/** A backup's note, with the field to change it. */
export function NoteField(props: {
  backup: Backup;
  editing: boolean;
  onEditing: (editing: boolean) => void;
}) {
  return (
    <Show
      when={props.editing}
      fallback={
        <Show when={props.backup.note}>
          {(note) => <p class="text-sm wrap-anywhere text-text-2">{note()}</p>}
        </Show>
      }
    >
      <Editor backup={props.backup} onDone={() => props.onEditing(false)} />
    </Show>
  );
}

function Editor(props: { backup: Backup; onDone: () => void }) {
  const actions = createBackupActions(() => props.backup);
  const [text, setText] = createSignal(props.backup.note ?? "");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await actions.setNote(text().trim())) props.onDone();
  };
  return (
    <form
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === "Escape") props.onDone();
      }}
      class="flex flex-wrap items-end gap-2"
    >
      <div class="min-w-0 flex-1 basis-60">
        <TextField label={t("backup.note")} value={text()} onInput={setText} autofocus />
      </div>
      <Button onClick={props.onDone}>{t("action.cancel")}</Button>
      <Button type="submit" busy={actions.busy() === "note"}>
        {t("account.save")}
      </Button>
    </form>
  );
}
