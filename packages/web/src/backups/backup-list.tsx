import { createMemo, createSignal, createUniqueId, For, Show } from "solid-js";
import type { Backup } from "../api/client.ts";
import { formatDay } from "../i18n/format-day.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { now } from "../ui/now.ts";
import { BackupRow } from "./backup-row.tsx";
import { type Day, groupByDay } from "./group-by-day.ts";

/** Initial length; the rest follows on request. */
const STEP = 50;

/** Backups by day, newest first. */
export function BackupList(props: {
  backups: readonly Backup[];
  /** Shows only what concerns this instance. */
  instanceId?: string;
}) {
  const [shown, setShown] = createSignal(STEP);
  const days = createMemo(() => groupByDay(props.backups.slice(0, shown())));
  return (
    <>
      <For each={days()}>{(day) => <DayOfBackups day={day} instanceId={props.instanceId} />}</For>
      <Show when={props.backups.length > shown()}>
        <Button class="self-center" onClick={() => setShown(shown() + STEP)}>
          {t("backups.more", { count: props.backups.length - shown() })}
        </Button>
      </Show>
    </>
  );
}

function DayOfBackups(props: { day: Day; instanceId: string | undefined }) {
  const title = createUniqueId();
  return (
    <section aria-labelledby={title} class="flex flex-col gap-1.5">
      <h2 id={title} class="text-sm font-medium text-text-2 first-letter:uppercase">
        {formatDay(props.day.start, now())}
      </h2>
      <ul class="divide-y rounded-lg border bg-surface">
        <For each={props.day.backups}>
          {(backup) => <BackupRow backup={backup} instanceId={props.instanceId} />}
        </For>
      </ul>
    </section>
  );
}
