import { createSignal, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createCall } from "../api/create-call.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { PickField } from "../ui/pick-field.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { Opened } from "./create-template-edit.ts";

/** Stands for no instance: no id is like this. */
const STANDARD = "-";

/** The name of a new template, and where its first text comes from. */
export function NewTemplateDialog(props: {
  onDraft: (draft: Opened) => void;
  onClose: () => void;
}) {
  const live = useLive();
  const { templates } = useApi().trpc;
  const [name, setName] = createSignal("");
  const [from, setFrom] = createSignal(STANDARD);
  const call = createCall(async () => {
    const draft =
      from() === STANDARD
        ? { text: (await templates.get.query({ id: "standard" })).text, removed: [] }
        : await templates.draft.query({ id: from() });
    props.onDraft({ ...draft, name: name().trim() });
  });
  return (
    <FormDialog
      title={t("templates.new")}
      submit={t("templates.new.continue")}
      disabled={name().trim() === ""}
      busy={call.busy()}
      error={call.error()}
      onSubmit={() => call.run(undefined)}
      onClose={props.onClose}
    >
      <TextField label={t("templates.name")} value={name()} onInput={setName} required autofocus />
      <PickField
        label={t("templates.from")}
        value={from()}
        onChange={setFrom}
        options={[
          { value: STANDARD, label: t("templates.from.empty") },
          ...live.instances.list().map(({ id, name }) => ({ value: id, label: name, hint: id })),
        ]}
      />
      <Show when={from() !== STANDARD}>
        <p class="text-sm text-text-2">{t("templates.from.hint")}</p>
      </Show>
    </FormDialog>
  );
}
