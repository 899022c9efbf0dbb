import { isAllowed, type Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { BatchJob } from "@claw/core/job";
import type { AppContext } from "../../context.ts";
import { forbidden } from "../access/authorize.ts";
import { INSTANCE_ACCESS } from "../instance/instance-access.ts";
import type { BatchControl } from "../runtime/batch-controls.ts";
import { findBatch } from "./find-batch.ts";

/**
 * Pauses a running batch: it begins no further instance, and operations in progress continue.
 * Throws JOB_FINISHED.
 */
export async function pauseBatch(ctx: AppContext, id: string): Promise<BatchJob> {
  const job = await findBatch(ctx, id);
  controlOf(ctx, job).pause();
  return findBatch(ctx, id);
}

/**
 * Lets a paused batch continue. Needs the permission for its action, as it continues in the name of
 * who began it: the owner of an instance may see its deletion waiting. Throws FORBIDDEN and
 * JOB_FINISHED.
 */
export async function resumeBatch(ctx: AppContext, id: string, viewer: Viewer): Promise<BatchJob> {
  const job = await findBatch(ctx, id);
  if (!isAllowed(viewer, INSTANCE_ACCESS[job.result.action])) throw forbidden();
  controlOf(ctx, job).resume();
  return findBatch(ctx, id);
}

function controlOf(ctx: AppContext, { id, status }: BatchJob): BatchControl {
  const control = ctx.runtime.live.batches.find(id);
  if (control) return control;
  throw new DomainError("JOB_FINISHED", `The batch is over already: ${status}.`);
}
