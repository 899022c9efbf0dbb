import { createEffect, createSignal, untrack } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { failureOf } from "../api/api-error.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { isUnfinished } from "../live/create-job-feed.ts";
import { useLive } from "../live/live-context.tsx";
import { type JobProgress, progressIn } from "./batch.ts";

/** A batch that runs as a job of the panel, followed from here to its end. */
export function createBatchJob(on: {
  begun: (id: string) => void;
  progress: (now: JobProgress) => void;
  refused: (error: unknown) => void;
  end: () => void;
}) {
  const api = useApi();
  const live = useLive();
  const [jobId, setJobId] = createSignal<string>();
  /** Cancelled before the panel has named the job. */
  let cancelled = false;

  createEffect(() => {
    const id = jobId();
    const job = id === undefined ? undefined : live.jobs.get(id);
    if (!job) return;
    const now = progressIn(job);
    const isOver = !isUnfinished(job);
    untrack(() => {
      on.progress(now);
      if (!isOver) return;
      setJobId(undefined);
      on.end();
    });
  });

  const cancelNow = async (id: string): Promise<boolean> => {
    try {
      await api.trpc.jobs.cancel.mutate({ id });
      return true;
    } catch (error) {
      // A batch that has ended meanwhile shows that in its progress.
      if (failureOf(error) !== "JOB_FINISHED") showFailure(t("failed.cancel"), error);
      return false;
    }
  };

  return {
    /** While it runs, once the panel has named it. */
    job: () => live.jobs.get(jobId() ?? ""),
    begin: async (start: () => Promise<{ id: string }>) => {
      cancelled = false;
      try {
        const { id } = await start();
        on.begun(id);
        setJobId(id);
        if (cancelled) await cancelNow(id);
      } catch (error) {
        on.refused(error);
        on.end();
      }
    },
    /** False when the panel refused it. */
    cancel: async (): Promise<boolean> => {
      cancelled = true;
      const id = jobId();
      return id === undefined || cancelNow(id);
    },
  };
}
