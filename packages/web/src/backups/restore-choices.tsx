import { createMemo, createSignal, For, Show } from "solid-js";
import { FailureNotice } from "../api/failure-notice.tsx";
import { formatExact } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Segments } from "../ui/segments.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { Restore, RestoreChoice } from "./create-restore.ts";
import { Size } from "./size.tsx";

/** Below this many, all fit on the screen. */
const MANY = 8;

/** Step 1: the instances, and whether each is restored in place or as a copy. */
export function RestoreChoices(props: { restore: Restore }) {
  const [query, setQuery] = createSignal("");
  const shown = createMemo(() => {
    const wanted = query().trim().toLowerCase();
    return props.restore.choices.filter(({ from, name }) =>
      `${name} ${from}`.toLowerCase().includes(wanted),
    );
  });
  const all = () => props.restore.chosen().length === props.restore.choices.length;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (props.restore.ready()) void props.restore.preview();
  };
  return (
    <form id="restore-choices" onSubmit={submit} novalidate class="flex flex-col gap-3">
      <Show when={props.restore.planError()}>{(error) => <FailureNotice error={error()} />}</Show>
      <div class="flex flex-wrap items-center gap-2">
        <p class="min-w-0 flex-1 basis-60 text-text-2">
          {t("restore.from", { time: formatExact(props.restore.backup.createdAt) })}
        </p>
        <Button small onClick={() => props.restore.chooseAll(!all())}>
          {all() ? t("picker.none") : t("bulk.chooseAll")}
        </Button>
      </div>
      <Show when={props.restore.choices.length > MANY}>
        <SearchField label={t("picker.search")} value={query()} onInput={setQuery} />
      </Show>
      <ul aria-label={t("nav.instances")} class="divide-y rounded-md border">
        <For each={shown()}>{(choice) => <Choice restore={props.restore} choice={choice} />}</For>
      </ul>
      <p role="status" class="text-xs tabular text-text-3">
        {t("bulk.chosen", { count: props.restore.chosen().length })}
      </p>
    </form>
  );
}

function Choice(props: { restore: Restore; choice: RestoreChoice }) {
  const set = (patch: Partial<RestoreChoice>) => props.restore.setChoice(props.choice.from, patch);
  const problem = () => props.restore.problem(props.choice);
  return (
    <li class="flex flex-col gap-3 px-3 py-2">
      <div class="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
        <label class="flex min-w-0 flex-1 basis-48 cursor-pointer items-center gap-2.5 select-none">
          <input
            type="checkbox"
            checked={props.choice.chosen}
            onChange={(event) => set({ chosen: event.currentTarget.checked })}
            class="size-4 shrink-0 accent-text"
          />
          <span class="min-w-0 truncate font-medium">{props.choice.name}</span>
          <span class="min-w-0 truncate font-mono text-xs text-text-3">{props.choice.from}</span>
        </label>
        <Size bytes={props.choice.bytes} of="data" class="text-xs text-text-3" />
        <Show when={props.choice.chosen}>
          <Segments
            label={t("restore.as", { name: props.choice.name })}
            value={props.choice.as}
            onChange={(as) => set({ as })}
            options={[
              { value: "itself", label: t("restore.as.itself") },
              { value: "copy", label: t("restore.as.copy") },
            ]}
          />
        </Show>
      </div>
      <Show when={props.choice.chosen && props.choice.as === "copy"}>
        <div class="grid grid-cols-1 gap-3 pb-1 sm:grid-cols-2 sm:pl-6.5">
          <TextField
            label={t("restore.copy.id")}
            value={props.choice.copyId}
            onInput={(id) => set({ copyId: id.trim().toLowerCase() })}
            error={problem()}
            mono
          />
          <TextField
            label={t("restore.copy.name")}
            value={props.choice.copyName}
            onInput={(copyName) => set({ copyName })}
          />
          <p class="text-xs text-text-3 sm:col-span-2">{t("restore.copy.hint")}</p>
        </div>
      </Show>
    </li>
  );
}
