import { For, Show } from "solid-js";
import { FailureNotice } from "../api/failure-notice.tsx";
import { formatBytes, formatDuration, formatPercent } from "../i18n/format.ts";
import { formatRate } from "../i18n/format-usage.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { now } from "../ui/now.ts";
import { Progress } from "../ui/progress.tsx";
import { useBackups } from "./backup-context.ts";
import type { UploadState } from "./create-uploads.ts";

export function UploadButton() {
  const { uploads } = useBackups();
  let input: HTMLInputElement | undefined;
  return (
    <>
      <Button icon="upload" onClick={() => input?.click()}>
        {t("upload.button")}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".tar"
        aria-label={t("upload.file")}
        tabindex={-1}
        class="sr-only"
        onChange={(event) => {
          for (const file of event.currentTarget.files ?? []) uploads.begin(file);
          // Lets the same file be chosen again.
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Files being uploaded, and failed uploads. */
export function UploadList() {
  const { uploads } = useBackups();
  return (
    <Show when={uploads.all().length > 0}>
      <ul
        aria-label={t("upload.list")}
        class="divide-y rounded-lg border border-line-2 bg-surface px-4"
      >
        <For each={uploads.all()}>{(upload) => <UploadRow upload={upload} />}</For>
      </ul>
    </Show>
  );
}

function UploadRow(props: { upload: UploadState }) {
  const { uploads } = useBackups();
  const fraction = () => (props.upload.size > 0 ? props.upload.bytes / props.upload.size : 0);
  /** Everything is sent; the panel verifies it. */
  const checking = () => props.upload.step === "checking";
  const rate = () => {
    const seconds = (now() - props.upload.since) / 1000;
    return seconds > 1 ? props.upload.bytes / seconds : 0;
  };
  const words = () => {
    const parts = [
      ...(checking() ? [t("upload.checking")] : []),
      t("transfer.total", {
        done: formatBytes(props.upload.bytes),
        total: formatBytes(props.upload.size),
      }),
    ];
    if (rate() > 0) {
      const left = ((props.upload.size - props.upload.bytes) / rate()) * 1000;
      parts.push(formatRate(rate()), t("job.left", { time: formatDuration(left) }));
    }
    return parts.join(" · ");
  };
  return (
    <li class="flex flex-col gap-2 py-3">
      <div class="flex items-center gap-3">
        <span class="min-w-0 flex-1 truncate font-medium">{props.upload.name}</span>
        <Button small onClick={() => uploads.cancel(props.upload.key)}>
          {props.upload.error === undefined ? t("action.cancel") : t("action.close")}
        </Button>
      </div>
      <Show
        when={props.upload.error === undefined}
        fallback={<FailureNotice error={props.upload.error} />}
      >
        <div class="flex items-center gap-3">
          <Progress
            label={t("upload.progress", { name: props.upload.name })}
            value={checking() && props.upload.bytes === 0 ? null : fraction()}
          />
          <span class="w-10 text-right text-xs tabular text-text-3">
            {formatPercent(fraction())}
          </span>
        </div>
        <p class="text-xs tabular text-text-3">{words()}</p>
      </Show>
    </li>
  );
}
