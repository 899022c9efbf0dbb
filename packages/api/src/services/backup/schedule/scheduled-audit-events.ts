import type { AuditResult } from "@claw/core/access/audit";
import type { Backup, BackupPolicy } from "@claw/core/backup/backup";
import { SCHEDULE } from "@claw/core/backup/retention";
import { reasonOf } from "@claw/core/errors";
import { isFinished, type Job } from "@claw/core/job";
import { type Subject, subjectsOf } from "@claw/core/subject";
import type { AppContext } from "../../../context.ts";
import { recordAuditEvent } from "../../access/record-audit-event.ts";
import { readLastRun } from "./policy-records.ts";

/** The audit action for the end of a scheduled backup. */
const FINISH = "backups.finish";

interface Done {
  action: string;
  instanceIds: string[];
  about: readonly Subject[];
  object: string | null;
  result?: AuditResult;
}

/** Records that a backup began as this job, or why it could not. */
export function recordBegun(
  ctx: AppContext,
  policy: BackupPolicy,
  outcome: { jobId: string } | { error: unknown },
): Promise<void> {
  const instanceIds = policy.instanceIds ?? ctx.runtime.live.board.list().map(({ id }) => id);
  const about = ctx.runtime.live.board.subjectsOf(instanceIds);
  const begun = { action: "backups.create", instanceIds, about };
  if ("jobId" in outcome) return record(ctx, { ...begun, object: outcome.jobId });
  const { error } = outcome;
  const result = reasonOf(error);
  return record(ctx, { ...begun, object: null, result });
}

/** Records how the job ended: with its backup, or the job and why there is none. */
export async function recordEnded(ctx: AppContext, job: Job): Promise<void> {
  const backupId = job.kind === "backup" ? job.result?.backupId : undefined;
  const backup = backupId === undefined ? null : await ctx.store.findBackup(backupId);
  const all = job.detail?.instances ?? [];
  const done = job.status === "partial" ? all : (backup?.instances ?? all);
  await record(ctx, {
    action: FINISH,
    instanceIds: done.map(({ id }) => id),
    about: job.about,
    object: backup?.id ?? job.id,
    result: resultOf(job),
  });
}

function resultOf({ status, error }: Job): AuditResult {
  if (status === "succeeded") return "ok";
  if (status === "partial") return "partial";
  return status === "cancelled" ? "CANCELLED" : (error?.reason ?? "INTERNAL");
}

/** Records the end of the last run if the panel ended before it could. */
export async function recordLeftOpen(ctx: AppContext): Promise<void> {
  const last = await readLastRun(ctx);
  const job = last?.jobId ? await ctx.store.findJob(last.jobId) : null;
  if (!job || !isFinished(job) || job.status === "succeeded") return;
  const filter = { user: SCHEDULE, action: FINISH, limit: 1, before: null };
  const [newest] = await ctx.store.listAudit(filter);
  if (newest?.object !== job.id) await recordEnded(ctx, job);
}

/** Records the backups deleted by retention. */
export async function recordPruned(ctx: AppContext, removed: readonly Backup[]): Promise<void> {
  for (const { id, instances } of removed) {
    const instanceIds = instances.map((instance) => instance.id);
    const about = subjectsOf(instances);
    await record(ctx, { action: "backups.remove", instanceIds, about, object: id });
  }
}

function record(ctx: AppContext, { result = "ok", ...done }: Done): Promise<void> {
  const via = { kind: "schedule", id: "backups" } as const;
  return recordAuditEvent(ctx, { ...done, user: SCHEDULE, via, address: "" }, result);
}
