import { createMemo } from "solid-js";
import type { Job } from "../api/client.ts";
import { useLive } from "../live/live-context.tsx";

const KINDS: ReadonlySet<Job["kind"]> = new Set(["backup", "restore", "verify", "test-restore"]);

/** Backup jobs: the running ones, and a signal that changes when one ends. */
export function useBackupJobs() {
  const live = useLive();
  const all = createMemo(() => live.jobs.list().filter((job) => KINDS.has(job.kind)));
  const running = createMemo(() => live.jobs.unfinished().filter((job) => KINDS.has(job.kind)));
  return {
    running,
    ended: createMemo(() =>
      all()
        .map((job) => `${job.id} ${job.finishedAt}`)
        .join(),
    ),
    get: (id: string | undefined): Job | undefined =>
      id === undefined ? undefined : live.jobs.get(id),
  };
}
