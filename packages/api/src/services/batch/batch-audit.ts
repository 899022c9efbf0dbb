import type { AuditResult } from "@claw/core/access/audit";
import { type BatchOrder, idsOf } from "@claw/core/batch-request";
import type { Subject } from "@claw/core/subject";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../access/audit-draft.ts";
import { recordAuditEvent } from "../access/record-audit-event.ts";
import type { JobHandle } from "../runtime/job-run.ts";
import type { BatchRecord } from "./batch-record.ts";

export interface EndedBatch {
  job: JobHandle<"batch">;
  request: BatchOrder;
  record: BatchRecord;
  by: Actor;
  about: readonly Subject[];
}

/** Records the end of a batch: the action and the instances for which it succeeded. */
export function recordBatchEnd(ctx: AppContext, batch: EndedBatch): Promise<void> {
  const { job, request, record, by } = batch;
  const done = record.results.filter(({ ok }) => ok).map(({ id }) => id);
  const instanceIds = done.length > 0 ? done : idsOf(request);
  // Created instances were nobody's when the batch began.
  const about = request.action === "create" ? ctx.runtime.live.board.subjectsOf(done) : batch.about;
  const audit = { ...by, action: `batches.${request.action}`, instanceIds, about };
  return recordAuditEvent(ctx, { ...audit, object: job.id }, resultOf(batch));
}

function resultOf({ job, record: { results } }: EndedBatch): AuditResult {
  if (job.signal.aborted) return "CANCELLED";
  const failed = results.filter(({ ok }) => !ok);
  if (failed.length === 0) return "ok";
  return failed.length < results.length ? "partial" : (failed[0]?.reason ?? "INTERNAL");
}
