import { madeBy } from "@claw/core/batch-made";
import { BatchOrder, narrowed } from "@claw/core/batch-request";
import { undoOf } from "@claw/core/batch-undo";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { type BatchJob, isFinished } from "@claw/core/job";
import type { AppContext } from "../../context.ts";
import { isVisible } from "../access/visible.ts";
import { retryRollout } from "../rollout/run-rollout.ts";
import { writtenBy } from "../rollout/written-by.ts";
import { findBatch } from "./find-batch.ts";
import { type BatchStarter, runBatch } from "./run-batch.ts";
import { isStillMeant } from "./still-meant.ts";

/**
 * Begins the batch that returns instances to what they were before a finished one. It needs the
 * permission of the opposite action. Throws BUSY while the batch runs, NOTHING_TO_UNDO, and
 * INVALID_INPUT for instances that nobody could create today.
 */
export async function undoBatch(
  ctx: AppContext,
  { id, deleteData = false }: { id: string; deleteData?: boolean },
  starter: BatchStarter,
): Promise<BatchJob> {
  const { result } = await finishedBatch(ctx, id);
  // A former owner must not learn the present state of an instance.
  const now = (each: InstanceId) =>
    isVisible(ctx, starter.viewer, each) ? ctx.runtime.live.board.find(each) : null;
  const undo = undoOf(result, { now, deleteData });
  const isRollout = undo?.action === "restoreConfig";
  const request = isRollout ? narrowed(undo, await writtenBy(ctx, undo.ids, id)) : undo;
  if (request) return runBatch(ctx, requireValid(request), starter, { undoes: id });
  throw new DomainError(
    "NOTHING_TO_UNDO",
    "Nothing of this batch can be undone: its action has no opposite, or the instances have changed since.",
  );
}

/** Existing instances may have ids and names that new ones must not have. */
function requireValid(request: BatchOrder): BatchOrder {
  const checked = BatchOrder.safeParse(request);
  if (checked.success) return checked.data;
  throw new DomainError(
    "INVALID_INPUT",
    `The batch cannot be undone. ${checked.error.issues[0]?.message ?? ""}`,
  );
}

/**
 * Begins the same batch again for the instances for which a finished one failed or which it did not
 * begin, except those whose id another instance has now. An instance that was created but did
 * not come up, or whose creation a crash cut off, is not created again but completed. Throws BUSY
 * while the batch runs, and JOB_FINISHED if nothing is left to do.
 */
export async function retryBatch(
  ctx: AppContext,
  { id }: { id: string },
  starter: BatchStarter,
): Promise<BatchJob> {
  const { about, result } = await finishedBatch(ctx, id);
  const done = new Set(result.results.filter(({ ok }) => ok).map((each) => each.id));
  const isLeft = (each: InstanceId) =>
    !done.has(each) && (result.action === "create" || isStillMeant(ctx, about, each));
  const request = result.request && narrowed(result.request, isLeft);
  if (request?.action === "configure") return retryRollout(ctx, { id, request }, starter);
  if (request) {
    const { undoes } = result;
    const made = madeBy(result);
    return runBatch(ctx, request, starter, { made, ...(undoes !== undefined && { undoes }) });
  }
  throw new DomainError(
    "JOB_FINISHED",
    "Nothing of this batch is left to do: it is done, or other instances have its ids by now.",
  );
}

async function finishedBatch(ctx: AppContext, id: string): Promise<BatchJob> {
  const job = await findBatch(ctx, id);
  if (isFinished(job)) return job;
  throw new DomainError("BUSY", "The batch still runs. Wait for its end, or cancel it.");
}
