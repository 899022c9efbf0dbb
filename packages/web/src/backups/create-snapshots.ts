import { createEffect, createMemo, on } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createQuery } from "../api/create-query.ts";
import { useLive } from "../live/live-context.tsx";
import { useBackupJobs } from "./backup-jobs.ts";

/** Snapshots that can be reverted to; reloaded when a restore ends or is decided. */
export function createSnapshots() {
  const api = useApi();
  const jobs = useBackupJobs();
  const { conditions } = useLive();
  const undecided = createMemo(() =>
    conditions
      .list()
      .flatMap(({ code, key }) => (code === "RESTORE_UNDECIDED" ? [key] : []))
      .sort()
      .join(),
  );
  const query = createQuery((signal) => api.trpc.backups.snapshots.query(undefined, { signal }));
  createEffect(on([jobs.ended, undecided], () => void query.refetch(), { defer: true }));
  return query;
}
