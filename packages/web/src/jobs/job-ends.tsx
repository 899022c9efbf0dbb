import { useNavigate } from "@solidjs/router";
import { createContext, createEffect, type ParentProps, untrack, useContext } from "solid-js";
import { createStore } from "solid-js/store";
import type { Job } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { isUnfinished } from "../live/create-job-feed.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { showToast, type ToastContent } from "../ui/toast.tsx";
import { resultWords } from "./job-result.ts";
import { jobError, jobTitle } from "./job-words.ts";

function endOf(status: Job["status"], job: string): Pick<ToastContent, "kind" | "title"> {
  if (status === "succeeded") return { kind: "success", title: t("job.end.succeeded", { job }) };
  if (status === "cancelled") return { kind: "info", title: t("job.end.cancelled", { job }) };
  return { kind: "error", title: t("job.end.failed", { job }) };
}

const EndsContext = createContext<(job: Pick<Job, "id">) => void>();

/** Tells the end of each job that was begun here and that no dialog shows any more. */
export function JobEndsProvider(props: ParentProps) {
  const live = useLive();
  const navigate = useNavigate();
  const [waiting, setWaiting] = createStore<Record<string, true | undefined>>({});

  const tell = (job: Job) => {
    const nameOf = (id: string) => live.instances.get(id)?.name ?? id;
    const about = job.instanceId === null ? "" : ` · ${nameOf(job.instanceId)}`;
    const error = jobError(job);
    showToast({
      ...endOf(job.status, `${jobTitle(job)}${about}`),
      text: error?.what ?? resultWords(job, nameOf) ?? undefined,
      button: {
        label: t("batch.show"),
        onPress: () => navigate(job.kind === "backup" ? paths.backups : paths.jobs),
      },
    });
  };
  createEffect(() => {
    for (const id of Object.keys(waiting)) {
      const job = waiting[id] && live.jobs.get(id);
      if (!job || isUnfinished(job)) continue;
      setWaiting(id, undefined);
      untrack(() => tell(job));
    }
  });
  return (
    <EndsContext.Provider value={({ id }) => setWaiting(id, true)}>
      {props.children}
    </EndsContext.Provider>
  );
}

/** Says that the end of a job is to be told. */
export function useJobEnds(): (job: Pick<Job, "id">) => void {
  const tellEnd = useContext(EndsContext);
  if (!tellEnd) throw new Error("useJobEnds needs a <JobEndsProvider> above it.");
  return tellEnd;
}
