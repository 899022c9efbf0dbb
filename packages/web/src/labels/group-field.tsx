import { labelProblem } from "@claw/core/label-rules";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { TextField } from "../ui/text-field.tsx";
import { groupsOf } from "./known-labels.ts";

/** Whether a group can be sent; an empty one is none. */
export const isGroupRight = (group: string): boolean =>
  group.trim() === "" || labelProblem(group) === null;

/** A group: one that exists, or a new one. */
export function GroupField(props: {
  value: string;
  onInput: (group: string) => void;
  hint?: string;
  disabled?: boolean;
}) {
  const live = useLive();
  return (
    <TextField
      label={t("label.group")}
      value={props.value}
      onInput={props.onInput}
      suggestions={groupsOf(live.instances.list())}
      error={isGroupRight(props.value) ? undefined : t("label.wrong")}
      hint={props.hint ?? t("label.group.hint")}
      disabled={props.disabled ?? false}
    />
  );
}
