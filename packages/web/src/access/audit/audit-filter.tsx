import { createUniqueId, Show } from "solid-js";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/select.tsx";
import { INPUT, TextField } from "../../ui/text-field.tsx";
import { GROUP_WORDS, GROUPS } from "./action-words.ts";
import type { Audit } from "./create-audit.ts";

/** Filters by user, action, instance and time. */
export function AuditFilter(props: {
  audit: Audit;
  ref: (search: HTMLElement) => void;
  onClear: () => void;
}) {
  const fields = () => props.audit.fields;
  return (
    <search
      ref={props.ref}
      class="grid grid-cols-2 items-end gap-3 max-sm:*:first:col-span-2 sm:grid-cols-3 lg:grid-cols-[repeat(auto-fit,minmax(8rem,1fr))]"
    >
      <TextField
        label={t("audit.user")}
        value={fields().user}
        onInput={(value) => props.audit.set("user", value)}
      />
      <Select
        label={t("audit.action")}
        value={fields().group}
        onChange={(value) => props.audit.set("group", value)}
        options={[
          { value: "all", label: t("audit.action.all") },
          ...GROUPS.map((value) => ({ value, label: t(GROUP_WORDS[value]) })),
        ]}
      />
      <TextField
        label={t("audit.instance")}
        value={fields().instanceId}
        onInput={(value) => props.audit.set("instanceId", value)}
        mono
      />
      <DayField
        label={t("audit.since")}
        value={fields().since}
        onInput={(value) => props.audit.set("since", value)}
      />
      <DayField
        label={t("audit.until")}
        value={fields().until}
        onInput={(value) => props.audit.set("until", value)}
      />
      <Show when={props.audit.filtered()}>
        <Button variant="ghost" onClick={props.onClear}>
          {t("audit.clear")}
        </Button>
      </Show>
    </search>
  );
}

function DayField(props: { label: string; value: string; onInput: (value: string) => void }) {
  const id = createUniqueId();
  return (
    <div class="flex flex-col gap-1">
      <label for={id} class="text-sm font-medium">
        {props.label}
      </label>
      <input
        id={id}
        type="date"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        class={INPUT}
      />
    </div>
  );
}
