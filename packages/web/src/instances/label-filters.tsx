import { isSameLabel } from "@claw/core/label-rules";
import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { groupsOf, tagsOf } from "../labels/known-labels.ts";
import { useLive } from "../live/live-context.tsx";
import { buttonClass } from "../ui/button.tsx";
import { ChoiceMenu } from "../ui/choice-menu.tsx";
import { type InstanceList, NO_GROUP } from "./create-instance-list.ts";

/** Filters by group and by tag, where there are any. */
export function LabelFilters(props: { list: InstanceList }) {
  const live = useLive();
  return (
    <>
      <LabelFilter
        label={t("label.group")}
        all={t("label.group.all")}
        none={{ value: NO_GROUP, label: t("label.group.none") }}
        known={groupsOf(live.instances.list())}
        value={props.list.group()}
        onChange={props.list.setGroup}
      />
      <LabelFilter
        label={t("label.tag")}
        all={t("label.tag.all")}
        known={tagsOf(live.instances.list())}
        value={props.list.tag()}
        onChange={props.list.setTag}
      />
    </>
  );
}

function LabelFilter(props: {
  label: string;
  all: string;
  /** For instances that have none. */
  none?: { value: string; label: string };
  known: readonly string[];
  /** Empty: not filtered. */
  value: string;
  onChange: (value: string) => void;
}) {
  /** A link may name one that is gone, or in another spelling. */
  const value = () => props.known.find((one) => isSameLabel(one, props.value)) ?? props.value;
  const none = () => (props.none?.value === props.value ? props.none : undefined);
  const known = () =>
    props.value === "" || none() || props.known.includes(value())
      ? props.known
      : [...props.known, value()];
  const text = () => none()?.label ?? (value() === "" ? props.label : value());
  return (
    <Show when={known().length > 0 || none()}>
      <ChoiceMenu
        label={props.label}
        triggerClass={`${buttonClass(value() === "" ? "ghost" : "plain")} max-w-48 px-2 [&>:first-child]:truncate`}
        text={text()}
        icon="chevronDown"
        value={value()}
        onChange={props.onChange}
        choices={[
          { value: "", label: props.all },
          ...(props.none ? [props.none] : []),
          ...known().map((one) => ({ value: one, label: one })),
        ]}
      />
    </Show>
  );
}
