import { DomainError } from "@claw/core/errors";
import type { BatchJob } from "@claw/core/job";
import type { AppContext } from "../../context.ts";
import { findBatch } from "./find-batch.ts";

/**
 * Pauses a running batch, which begins no further instance then, or resumes it. What is under way
 * ends. Throws JOB_FINISHED.
 */
export async function pauseBatch(ctx: AppContext, id: string, pause: boolean): Promise<BatchJob> {
  const { status } = await findBatch(ctx, id);
  const control = ctx.runtime.live.batches.find(id);
  if (!control) throw new DomainError("JOB_FINISHED", `The batch is over already: ${status}.`);
  if (pause) control.pause();
  else control.resume();
  return findBatch(ctx, id);
}
