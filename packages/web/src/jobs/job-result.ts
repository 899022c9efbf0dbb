import type { BackupResult, InstanceFailure, Restored } from "@claw/core/job-result";
import type { Job, RouterOutputs } from "../api/client.ts";
import { formatDuration } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { joinSentences } from "../i18n/join-sentences.ts";

/** The result for each instance of a finished restore. */
export function restoredBy(job: Job): readonly Restored[] {
  return (job.kind === "restore" && job.result?.restored) || [];
}

export type BatchResult = RouterOutputs["batches"]["run"]["result"];

/** The progress of a batch; null for any other job. */
export function batchBy(job: Job): BatchResult | null {
  return job.kind === "batch" ? job.result : null;
}

/** Instances for which a job failed, with the reasons. */
export function failedBy({ result }: Job): readonly InstanceFailure[] {
  return (result !== null && "failed" in result && result.failed) || [];
}

/** Sentences about a job's result beyond its status; null: there are none. */
export function resultWords(job: Job, nameOf: (id: string) => string): string | null {
  // The failures are listed behind the count of them, so this comes first.
  const words = joinSentences(...writtenWords(job, nameOf), statusWords(job, nameOf) ?? "");
  return words === "" ? null : words;
}

const WRITTEN = [
  { fact: "unjudged", words: "result.unjudged" },
  { fact: "needsRestart", words: "result.needsRestart" },
] as const;

/** Sentences for the user about configurations that were written. */
function writtenWords(job: Job, nameOf: (id: string) => string): string[] {
  const results = batchBy(job)?.results ?? [];
  return WRITTEN.flatMap(({ fact, words }) => {
    const names = results.filter((each) => each[fact]).map(({ id }) => nameOf(id));
    return names.length > 0 ? [t(words, { names: names.join("; ") })] : [];
  });
}

function statusWords(job: Job, nameOf: (id: string) => string): string | null {
  // It is about one instance, which may lack the proof.
  if (job.status === "partial" && job.kind === "init") return t("result.init.notAsked");
  if (job.status === "partial") return partialWords(job);
  const batch = batchBy(job);
  if (batch && isCutShort(job)) {
    const done = batch.results.filter(({ ok }) => ok).length;
    return t("result.cutShort", { done, total: job.instanceIds?.length ?? done });
  }
  return job.status === "succeeded" ? successWords(job, nameOf) : null;
}

function successWords(job: Job, nameOf: (id: string) => string): string | null {
  if (job.result === null) return null;
  switch (job.kind) {
    case "test-restore": {
      const { instanceId, healthy, seconds, message } = job.result;
      const name = nameOf(instanceId);
      return healthy
        ? t("result.test.healthy", { name, time: formatDuration(seconds * 1000) })
        : t("result.test.failed", { name, message: message ?? "" });
    }
    // In records of older panels, which took what nobody had proven for done.
    case "init": {
      const { provider, answered } = job.result;
      return provider !== null && answered === null ? t("result.init.notAsked") : null;
    }
    case "verify":
      return job.result.opened ? t("result.verify") : t("result.verify.closed");
    case "backup":
      return backupWords(job.result, nameOf);
    default:
      return null;
  }
}

function backupWords(
  { notStarted = [], leftOut = [] }: BackupResult,
  nameOf: (id: string) => string,
): string | null {
  if (notStarted.length > 0)
    return t("result.backup.notStarted", {
      names: notStarted.map(({ id, message }) => `${nameOf(id)} (${message})`).join("; "),
    });
  if (leftOut.length > 0)
    return t("result.backup.leftOut", {
      names: leftOut.map(({ id, links, others }) => `${nameOf(id)} (${links + others})`).join("; "),
    });
  return null;
}

/** "9 of 10 done"; the failures are listed below it. */
function partialWords(job: Job): string {
  const failed = failedBy(job).length;
  const total = (job.detail?.instances ?? job.instanceIds)?.length ?? failed;
  return t("result.partial", { done: total - failed, total });
}

/** Ended before it had begun all that it was asked for. */
function isCutShort({ status, error }: Job): boolean {
  return status === "cancelled" || error?.reason === "INTERRUPTED";
}
