import { For, Match, Show, Switch } from "solid-js";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { JobList } from "../jobs/job-list.tsx";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useBackupFeed, useBackups } from "./backup-context.ts";
import { useBackupJobs } from "./backup-jobs.ts";
import { BackupList } from "./backup-list.tsx";
import { DropZone } from "./drop-zone.tsx";
import { PolicyCard } from "./policy-card.tsx";
import { Snapshots } from "./snapshots.tsx";
import { UploadButton, UploadList } from "./upload-list.tsx";

/** Backups, running jobs and the schedule. */
export function BackupsPage() {
  const backups = useBackups();
  const feed = useBackupFeed();
  const jobs = useBackupJobs();
  const may = useMay();
  const isEmpty = () => feed.loaded() && feed.list().length === 0;
  const buttons = () => (
    <>
      <Show when={may("manageBackups")}>
        <UploadButton />
      </Show>
      <Button variant="primary" icon="plus" onClick={() => backups.create()}>
        {t("backup.create")}
      </Button>
    </>
  );
  return (
    <Page title={t("nav.backups")} actions={<Show when={!isEmpty()}>{buttons()}</Show>}>
      <DropZone onFiles={(files) => may("manageBackups") && files.forEach(backups.uploads.begin)}>
        <Show when={jobs.running().length > 0}>
          <section
            aria-label={t("backup.underWay")}
            class="rounded-lg border border-line-2 bg-surface p-4"
          >
            <JobList jobs={jobs.running()} />
          </section>
        </Show>
        <UploadList />
        <Show when={may("manageBackups")}>
          <Snapshots />
        </Show>
        <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div class="flex min-w-0 flex-col gap-4">
            <Switch fallback={<Waiting />}>
              <Match when={isEmpty()}>
                <EmptyState
                  drawing
                  title={t("backups.empty")}
                  text={t("backups.empty.text")}
                  action={buttons()}
                />
              </Match>
              <Match when={feed.loaded()}>
                <BackupList backups={feed.list()} />
              </Match>
              <Match when={feed.error()}>{(error) => <FailureNotice error={error()} />}</Match>
            </Switch>
          </div>
          <Show when={may("manageBackups")}>
            <PolicyCard />
          </Show>
        </div>
      </DropZone>
    </Page>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" class="flex flex-col gap-3 rounded-lg border bg-surface p-4">
      <For each={[1, 2, 3]}>{() => <Skeleton class="h-10 w-full" />}</For>
    </div>
  );
}
