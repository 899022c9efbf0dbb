import type { Restored } from "@claw/core/job-result";
import { A } from "@solidjs/router";
import { For, Show } from "solid-js";
import type { Job } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { JobList } from "../jobs/job-list.tsx";
import { failedBy, restoredBy } from "../jobs/job-result.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { useBackups } from "./backup-context.ts";

/** Step 3: progress, and the result for each instance. */
export function RestoreProgress(props: { job: Job; onClose: () => void }) {
  const isSlow = (id: string) => failedBy(props.job).some((failure) => failure.id === id);
  return (
    <div class="flex flex-col gap-4" aria-live="polite">
      <JobList jobs={[props.job]} />
      <Show when={restoredBy(props.job).length > 0}>
        <ul aria-label={t("restore.result")} class="divide-y rounded-md border">
          <For each={restoredBy(props.job)}>
            {(one) => <RestoredLine one={one} slow={isSlow(one.id)} onClose={props.onClose} />}
          </For>
        </ul>
      </Show>
    </div>
  );
}

function RestoredLine(props: { one: Restored; slow: boolean; onClose: () => void }) {
  const live = useLive();
  const backups = useBackups();
  const name = () => live.instances.get(props.one.id)?.name ?? props.one.id;
  return (
    <li class="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      <Icon
        name={props.slow ? "alert" : "check"}
        class={props.slow ? "text-unknown" : "text-running"}
      />
      <A
        href={paths.instance(props.one.id)}
        onClick={props.onClose}
        class="min-w-0 truncate font-medium underline-offset-3 hover:underline"
      >
        {name()}
      </A>
      <span class="min-w-0 truncate font-mono text-xs text-text-3">{props.one.id}</span>
      <Show when={props.one.snapshotId}>
        {(id) => (
          <span class="ml-auto flex flex-wrap items-center gap-2 text-sm text-text-2">
            {t(props.slow ? "safety.untilDecided" : "restore.kept")}
            <Button small onClick={() => backups.revert({ id: id(), name: name() })}>
              {t("safety.revert")}
            </Button>
          </span>
        )}
      </Show>
    </li>
  );
}
