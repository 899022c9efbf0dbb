import type { InstanceFailure } from "@claw/core/job";
import type { Job, RouterOutputs } from "../api/client.ts";
import { formatDuration } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";

/**
 * The shape of a result depends on the job's kind; it is parsed, because it comes from another
 * process.
 */
type Shape = Readonly<Record<string, unknown>>;

export interface RestoredInstance {
  from: string;
  id: string;
  snapshotId: string | null;
}

/** The result for each instance of a finished restore. */
export function restoredBy(job: Job): readonly RestoredInstance[] {
  const { restored } = shapeOf(job);
  return Array.isArray(restored) ? (restored as RestoredInstance[]) : [];
}

export type BatchResult = RouterOutputs["batches"]["run"]["result"];

/** The progress of a batch; null for any other job. */
export function batchBy(job: Job): BatchResult | null {
  if (job.kind !== "batch" || !Array.isArray(shapeOf(job).results)) return null;
  return job.result as BatchResult;
}

/** Instances that a backup could not restart, with the reasons. */
function notStartedBy(job: Job): readonly { id: string; message: string }[] {
  const { notStarted } = shapeOf(job);
  return Array.isArray(notStarted) ? (notStarted as { id: string; message: string }[]) : [];
}

/** Instances for which a job failed, with the reasons. */
export function failedBy(job: Job): readonly InstanceFailure[] {
  const { failed } = shapeOf(job);
  return Array.isArray(failed) ? (failed as InstanceFailure[]) : [];
}

/** Files left out of a backup, per instance. */
function leftOutBy(job: Job): readonly { id: string; links: number; others: number }[] {
  const { leftOut } = shapeOf(job);
  return Array.isArray(leftOut) ? (leftOut as { id: string; links: number; others: number }[]) : [];
}

/** A sentence on a job's result, where its status does not say it all. */
export function resultWords(job: Job, nameOf: (id: string) => string): string | null {
  if (job.status === "partial") return partialWords(job);
  const batch = batchBy(job);
  if (batch && isCutShort(job)) {
    const done = batch.results.filter(({ ok }) => ok).length;
    return t("result.cutShort", { done, total: job.instanceIds?.length ?? done });
  }
  if (job.status !== "succeeded") return null;
  const result = shapeOf(job);
  if (job.kind === "test-restore") {
    const name = nameOf(String(result.instanceId ?? ""));
    const time = formatDuration(Number(result.seconds ?? 0) * 1000);
    return result.healthy === true
      ? t("result.test.healthy", { name, time })
      : t("result.test.failed", { name, message: String(result.message ?? "") });
  }
  if (job.kind === "init")
    return typeof result.provider === "string" && result.answered === null
      ? t("result.init.notAsked")
      : null;
  if (job.kind === "verify")
    return result.opened === false ? t("result.verify.closed") : t("result.verify");
  const failed = notStartedBy(job);
  if (job.kind === "backup" && failed.length > 0)
    return t("result.backup.notStarted", {
      names: failed.map(({ id, message }) => `${nameOf(id)} (${message})`).join("; "),
    });
  const leftOut = leftOutBy(job);
  if (job.kind === "backup" && leftOut.length > 0)
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

function shapeOf(job: Job): Shape {
  return job.result !== null && typeof job.result === "object" ? (job.result as Shape) : {};
}
