import { useNavigate } from "@solidjs/router";
import { onMount } from "solid-js";
import type { Job } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { joinSentences } from "../i18n/join-sentences.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { showToast, type ToastContent } from "../ui/toast.tsx";
import { failedBy, resultWords } from "./job-result.ts";
import { jobError, jobTitle } from "./job-words.ts";

function endOf(status: Job["status"], job: string): Pick<ToastContent, "kind" | "title"> {
  if (status === "succeeded") return { kind: "success", title: t("job.end.succeeded", { job }) };
  if (status === "cancelled") return { kind: "info", title: t("job.end.cancelled", { job }) };
  if (status === "partial") return { kind: "error", title: t("job.end.partial", { job }) };
  return { kind: "error", title: t("job.end.failed", { job }) };
}

/** The error or the result; the names of the instances that failed. */
function aboutEnd(job: Job, nameOf: (id: string) => string): string | undefined {
  const words = jobError(job)?.what ?? resultWords(job, nameOf);
  const failed = failedBy(job).map(({ id }) => nameOf(id));
  return words === null ? undefined : joinSentences(words, failed.join("; "));
}

/** Announces the end of a job once, with a link to it; renders nothing itself. */
export function JobEnd(props: { job: Job; onTold: () => void }) {
  const live = useLive();
  const navigate = useNavigate();
  onMount(() => {
    const { job } = props;
    const nameOf = (id: string) => live.instances.get(id)?.name ?? id;
    const about = job.instanceId === null ? "" : ` · ${nameOf(job.instanceId)}`;
    const place = job.kind === "backup" ? paths.backups : paths.jobs;
    showToast({
      ...endOf(job.status, `${jobTitle(job)}${about}`),
      text: aboutEnd(job, nameOf),
      button: { label: t("batch.show"), onPress: () => navigate(place) },
    });
    props.onTold();
  });
  return null;
}
