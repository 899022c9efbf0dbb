import { createSignal, createUniqueId, For, Show } from "solid-js";
import type { Backup } from "../api/client.ts";
import { formatClock } from "../i18n/format-usage.ts";
import { t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import { BackupActions } from "./backup-actions.tsx";
import { BackupMarks } from "./backup-marks.tsx";
import { backupTitle, creatorWords, leftOutWords } from "./backup-words.ts";
import { NoteField } from "./note-field.tsx";
import { Size } from "./size.tsx";

/** One backup: time, creator, content, size, verification state and actions. */
export function BackupRow(props: { backup: Backup; instanceId: string | undefined }) {
  const [open, setOpen] = createSignal(false);
  const [noting, setNoting] = createSignal(false);
  const contents = createUniqueId();
  return (
    <li aria-label={backupTitle(props.backup)} class="flex flex-col gap-1.5 px-4 py-3">
      <div class="flex flex-wrap items-center gap-x-4 gap-y-1">
        <time datetime={props.backup.createdAt} class="w-12 font-medium tabular">
          {formatClock(Date.parse(props.backup.createdAt))}
        </time>
        <button
          type="button"
          aria-expanded={open()}
          aria-controls={open() ? contents : undefined}
          onClick={() => setOpen(!open())}
          class="inline-flex items-center gap-1 rounded-sm font-medium whitespace-nowrap underline-offset-3 hover:underline"
        >
          {t("backup.count", { count: props.backup.instanceCount })}
          <Icon name={open() ? "chevronDown" : "chevronRight"} class="text-text-3" />
        </button>
        <Size bytes={props.backup.size} of="packed" class="text-text-2" />
        <span class="text-sm text-text-3">{creatorWords(props.backup.createdBy)}</span>
        <div class="ml-auto">
          <BackupActions
            backup={props.backup}
            instanceId={props.instanceId}
            onNote={() => setNoting(true)}
          />
        </div>
      </div>
      <BackupMarks backup={props.backup} />
      <NoteField backup={props.backup} editing={noting()} onEditing={setNoting} />
      <Show when={open()}>
        <div id={contents} class="flex flex-col gap-2 pt-1">
          <ul class="grid grid-cols-1 gap-x-6 gap-y-1 sm:grid-cols-2">
            <For each={props.backup.instances}>
              {(instance) => (
                <li class="flex min-w-0 items-baseline gap-2">
                  <span class="truncate">{instance.name}</span>
                  <span class="truncate font-mono text-xs text-text-3">{instance.id}</span>
                  <span class="ml-auto text-xs whitespace-nowrap tabular text-text-2">
                    <Size bytes={instance.bytes} of="data" />
                    <Show when={instance.leftOut}>
                      {(leftOut) => <span class="text-unknown"> · {leftOutWords(leftOut())}</span>}
                    </Show>
                  </span>
                </li>
              )}
            </For>
          </ul>
          <p class="text-xs wrap-anywhere text-text-3">
            {t("backup.file", { file: props.backup.filename, sha256: props.backup.sha256 })}
          </p>
        </div>
      </Show>
    </li>
  );
}
