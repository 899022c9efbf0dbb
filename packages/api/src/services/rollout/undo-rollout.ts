import { DomainError } from "@claw/core/errors";
import type { BatchJob } from "@claw/core/job";
import type { AppContext } from "../../context.ts";
import { findBatch } from "../batch/find-batch.ts";
import type { BatchStarter } from "../batch/run-batch.ts";
import { undoBatch } from "../batch/undo-batch.ts";

/** Undoes a roll-out, or such an undo. Throws JOB_NOT_FOUND for other jobs, and as `undoBatch`. */
export async function undoRollout(
  ctx: AppContext,
  id: string,
  starter: BatchStarter,
): Promise<BatchJob> {
  const { action } = (await findBatch(ctx, id)).result;
  if (action === "configure" || action === "restoreConfig") return undoBatch(ctx, { id }, starter);
  throw new DomainError("JOB_NOT_FOUND", `The job ${id} is no roll-out of a configuration.`);
}
