import { createEffect, on } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createQuery } from "../api/create-query.ts";
import { useBackupJobs } from "./backup-jobs.ts";

/** The schedule and its last run. */
export function createPolicy() {
  const api = useApi();
  const jobs = useBackupJobs();
  const query = createQuery((signal) => api.trpc.backups.policy.query(undefined, { signal }));
  createEffect(on(jobs.ended, () => void query.refetch(), { defer: true }));
  return query;
}
