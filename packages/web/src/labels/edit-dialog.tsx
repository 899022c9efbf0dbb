import { createSignal } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { nameProblemWords } from "../naming/name-words.ts";
import { TextField } from "../ui/text-field.tsx";
import { GroupField, isGroupRight } from "./group-field.tsx";
import { tagsOf } from "./known-labels.ts";
import { TagField } from "./tag-field.tsx";

/** Name, group and tags of an instance; nothing of it restarts. */
export function EditDialog(props: { instance: Instance; onClose: () => void }) {
  const { instances } = useApi().trpc;
  const live = useLive();
  const { id } = props.instance;
  const [name, setName] = createSignal(props.instance.name);
  const [group, setGroup] = createSignal(props.instance.group ?? "");
  const [tags, setTags] = createSignal<string[]>([...props.instance.tags]);
  const call = createCall(async () => {
    const wanted = { id, name: name().trim(), group: group().trim() || null, tags: tags() };
    await instances.update.mutate(wanted);
    props.onClose();
  });
  const isRight = () => nameProblemWords(name()) === undefined && isGroupRight(group());
  return (
    <FormDialog
      title={t("label.edit.title", { name: props.instance.name })}
      description={t("label.edit.text")}
      submit={t("account.save")}
      busy={call.busy()}
      error={call.error()}
      disabled={!isRight()}
      onSubmit={() => call.run(undefined)}
      onClose={props.onClose}
    >
      <TextField
        label={t("create.name")}
        value={name()}
        onInput={setName}
        error={nameProblemWords(name())}
        autofocus
        required
      />
      <GroupField value={group()} onInput={setGroup} />
      <TagField
        label={t("label.tags")}
        tags={tags()}
        onChange={setTags}
        suggestions={tagsOf(live.instances.list())}
      />
    </FormDialog>
  );
}
