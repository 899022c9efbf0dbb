import { createEffect, createMemo, Match, onCleanup, Switch } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { JobProgress } from "../jobs/job-progress.tsx";
import { jobError } from "../jobs/job-words.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { When } from "../ui/when.tsx";
import { useBackupFeed } from "./backup-context.ts";
import { createJobRequest } from "./create-job-request.ts";

/** Before data is deleted: the time of its last backup, and a button for a new one. */
export function BackUpFirst(props: {
  instanceIds: readonly string[];
  /** Blocks deletion while the backup runs. */
  onBusy: (busy: boolean) => void;
}) {
  const api = useApi();
  const feed = useBackupFeed();
  const request = createJobRequest();
  const latest = createMemo(() =>
    feed.list().find((backup) => {
      const ids = new Set(backup.instances.map(({ id }) => id));
      return backup.fault === null && props.instanceIds.every((id) => ids.has(id));
    }),
  );
  createEffect(() => props.onBusy(request.asking() || request.running()));
  onCleanup(() => props.onBusy(false));
  const begin = () =>
    request.begin(() => api.trpc.backups.create.mutate({ instanceIds: [...props.instanceIds] }));
  const failure = () => {
    const job = request.job();
    if (job?.status === "partial") return { what: t("first.backup.partial") };
    return job && !request.running() && !request.succeeded() ? jobError(job) : undefined;
  };
  return (
    <div class="flex flex-col gap-2 rounded-md border px-3 py-2.5">
      <Switch
        fallback={
          <div class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <p class="min-w-0 flex-1 basis-48 text-sm text-text-2">
              <Switch fallback={t("first.backup.never")}>
                <Match when={failure()}>{(error) => <>{error().what}</>}</Match>
                <Match when={latest()}>
                  {(backup) => (
                    <>
                      {t("first.backup.last")} <When iso={backup().createdAt} />
                    </>
                  )}
                </Match>
              </Switch>
            </p>
            <Button icon="archive" busy={request.asking()} onClick={() => void begin()}>
              {t("first.backup.begin")}
            </Button>
          </div>
        }
      >
        <Match when={request.error()}>
          {(error) => <FailureNotice error={error()} onRetry={begin} />}
        </Match>
        <Match when={request.succeeded()}>
          <p role="status" class="flex items-center gap-2">
            <Icon name="check" class="text-running" />
            {t("first.backup.done")}
          </p>
        </Match>
        <Match when={request.running() && request.job()}>
          {(job) => <JobProgress job={job()} />}
        </Match>
      </Switch>
    </div>
  );
}
