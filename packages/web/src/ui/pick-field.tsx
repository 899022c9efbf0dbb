import { t } from "../i18n/i18n.ts";
import { Icon } from "./icon.tsx";
import type { PickOption } from "./pick-list.tsx";
import { PickMenu } from "./pick-menu.tsx";
import { INPUT } from "./text-field.tsx";

/** A form field for a single choice from a long list. */
export function PickField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly PickOption[];
}) {
  const chosen = () => props.options.find(({ value }) => value === props.value)?.label ?? "";
  return (
    <div class="flex flex-col gap-1">
      <span aria-hidden="true" class="text-sm font-medium">
        {props.label}
      </span>
      <PickMenu
        label={props.label}
        name={t("menu.choice", { label: props.label, text: chosen() })}
        triggerClass={`${INPUT} flex items-center justify-between gap-2 text-left`}
        trigger={
          <>
            <span class="truncate">{chosen()}</span>
            <Icon name="chevronDown" class="text-text-3" />
          </>
        }
        options={props.options}
        value={props.value}
        onPick={props.onChange}
      />
    </div>
  );
}
