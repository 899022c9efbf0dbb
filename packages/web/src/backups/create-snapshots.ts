import { createEffect, on } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createQuery } from "../api/create-query.ts";
import { useBackupJobs } from "./backup-jobs.ts";

/** Snapshots that can be reverted to; reloaded when a restore ends. */
export function createSnapshots() {
  const api = useApi();
  const jobs = useBackupJobs();
  const query = createQuery((signal) => api.trpc.backups.snapshots.query(undefined, { signal }));
  createEffect(on(jobs.ended, () => void query.refetch(), { defer: true }));
  return query;
}
