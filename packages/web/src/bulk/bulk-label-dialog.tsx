import { createSignal } from "solid-js";
import type { Instance } from "../api/client.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { ChosenList } from "../jobs/chosen-list.tsx";
import { GroupField, isGroupRight } from "../labels/group-field.tsx";
import { tagsOf } from "../labels/known-labels.ts";
import { TagField } from "../labels/tag-field.tsx";
import { useLive } from "../live/live-context.tsx";
import { Switch } from "../ui/switch.tsx";
import type { Batch, LabelChange } from "./batch.ts";

/** Sets or removes the group of many, and adds and removes tags; all else stays. */
export function BulkLabelDialog(props: {
  instances: readonly Instance[];
  onConfirm: (batch: Batch) => void;
  onClose: () => void;
}) {
  // The selection on opening, whatever happens to the list meanwhile.
  const chosen = [...props.instances];
  const count = chosen.length;
  const live = useLive();
  const [group, setGroup] = createSignal("");
  const [ungroups, setUngroups] = createSignal(false);
  const [addTags, setAddTags] = createSignal<string[]>([]);
  const [removeTags, setRemoveTags] = createSignal<string[]>([]);
  const change = (): LabelChange => ({
    ...(ungroups() ? { group: null } : group().trim() !== "" && { group: group().trim() }),
    ...(addTags().length > 0 && { addTags: addTags() }),
    ...(removeTags().length > 0 && { removeTags: removeTags() }),
  });
  const isReady = () => Object.keys(change()).length > 0 && (ungroups() || isGroupRight(group()));
  const submit = () => {
    if (!isReady()) return;
    const items = chosen.map(({ id, name }) => ({ id, name }));
    props.onConfirm({ kind: "label", items, change: change() });
    props.onClose();
  };
  return (
    <FormDialog
      title={t("label.many.title", { count })}
      description={t("label.many.text")}
      submit={t("label.many.confirm", { count })}
      disabled={!isReady()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <ChosenList items={chosen} />
      <GroupField
        value={group()}
        onInput={setGroup}
        hint={t("label.many.group.hint")}
        disabled={ungroups()}
      />
      <Switch label={t("label.many.ungroup")} checked={ungroups()} onChange={setUngroups} />
      <TagField
        label={t("label.many.add")}
        tags={addTags()}
        onChange={setAddTags}
        suggestions={tagsOf(live.instances.list())}
      />
      <TagField
        label={t("label.many.remove")}
        tags={removeTags()}
        onChange={setRemoveTags}
        suggestions={tagsOf(chosen)}
      />
    </FormDialog>
  );
}
