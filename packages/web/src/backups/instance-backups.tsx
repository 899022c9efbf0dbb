import { createMemo, Match, Show, Switch } from "solid-js";
import type { Instance } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { JobList } from "../jobs/job-list.tsx";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useBackupFeed, useBackups } from "./backup-context.ts";
import { useBackupJobs } from "./backup-jobs.ts";
import { BackupList } from "./backup-list.tsx";
import { Snapshots } from "./snapshots.tsx";

/** The backups that hold one instance, and the button for a new one. */
export function InstanceBackups(props: { instance: Instance }) {
  const backups = useBackups();
  const feed = useBackupFeed();
  const jobs = useBackupJobs();
  const may = useMay();
  const holding = createMemo(() =>
    feed.list().filter((backup) => backup.instances.some(({ id }) => id === props.instance.id)),
  );
  const button = () => (
    <Button variant="primary" icon="archive" onClick={() => backups.create([props.instance.id])}>
      {t("backup.now")}
    </Button>
  );
  return (
    <div class="flex flex-col gap-4">
      <Show when={holding().length > 0}>
        <div class="flex justify-end">{button()}</div>
      </Show>
      <Show when={jobs.running().length > 0}>
        <section
          aria-label={t("backup.underWay")}
          class="rounded-lg border border-line-2 bg-surface p-4"
        >
          <JobList jobs={jobs.running()} />
        </section>
      </Show>
      <Show when={may("manageBackups")}>
        <Snapshots instanceId={props.instance.id} />
      </Show>
      <Switch fallback={<Skeleton class="h-24 w-full" />}>
        <Match when={holding().length > 0}>
          <BackupList backups={holding()} instanceId={props.instance.id} />
        </Match>
        <Match when={feed.loaded()}>
          <EmptyState
            title={t("backups.noneOf", { name: props.instance.name })}
            text={t("backups.noneOf.text")}
            action={button()}
          />
        </Match>
        <Match when={feed.error()}>{(error) => <FailureNotice error={error()} />}</Match>
      </Switch>
    </div>
  );
}
