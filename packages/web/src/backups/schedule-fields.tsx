import { createUniqueId, For, Show } from "solid-js";
import { formatInZone } from "../i18n/format-day.ts";
import { t } from "../i18n/i18n.ts";
import { Select } from "../ui/select.tsx";
import { INPUT, TextField } from "../ui/text-field.tsx";
import type { PolicyForm } from "./create-policy-form.ts";
import { PRESET_WORDS, PRESETS } from "./policy-words.ts";

/** Schedule and time zone, with the next runs. */
export function ScheduleFields(props: { form: PolicyForm }) {
  return (
    <div class="flex flex-col gap-3">
      <div class="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Select
          label={t("policy.when")}
          value={props.form.fields.preset}
          onChange={props.form.setPreset}
          options={[
            ...PRESETS.map((preset) => ({ value: preset, label: t(PRESET_WORDS[preset]) })),
            { value: "own" as const, label: t("cron.own") },
          ]}
        />
        <TimeZoneField
          value={props.form.fields.timezone}
          onInput={(timezone) => props.form.set("timezone", timezone)}
        />
      </div>
      <Show when={props.form.fields.preset === "own"}>
        <TextField
          label={t("cron.expression")}
          value={props.form.fields.cron}
          onInput={(cron) => props.form.set("cron", cron)}
          hint={t("cron.hint")}
          mono
        />
      </Show>
      <Show when={props.form.cronError()}>
        {(error) => (
          <p role="alert" class="text-xs wrap-anywhere text-error">
            {t("cron.wrong")} {error()}
          </p>
        )}
      </Show>
      <div class="min-h-17">
        <p class="text-xs text-text-3">
          {t("policy.nextRuns", { zone: props.form.fields.timezone })}
        </p>
        <ol aria-label={t("policy.nextRunsLabel")} class="text-sm tabular">
          <For each={props.form.next() ?? []}>
            {(iso) => (
              <li>
                <time datetime={iso}>{formatInZone(iso, props.form.fields.timezone)}</time>
              </li>
            )}
          </For>
        </ol>
      </div>
    </div>
  );
}

/** Any IANA name; the browser suggests the ones it knows. */
function TimeZoneField(props: { value: string; onInput: (value: string) => void }) {
  const [field, list] = [createUniqueId(), createUniqueId()];
  return (
    <div class="flex flex-col gap-1">
      <label for={field} class="text-sm font-medium">
        {t("policy.zone")}
      </label>
      <input
        id={field}
        list={list}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value.trim())}
        autocomplete="off"
        spellcheck={false}
        class={INPUT}
      />
      <datalist id={list}>
        <For each={Intl.supportedValuesOf("timeZone")}>{(zone) => <option value={zone} />}</For>
      </datalist>
    </div>
  );
}
