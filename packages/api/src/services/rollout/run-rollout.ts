import type { BatchOrder } from "@claw/core/batch-request";
import type { RolloutItem, RolloutRequest } from "@claw/core/config-rollout";
import { DomainError } from "@claw/core/errors";
import type { Instance } from "@claw/core/instance";
import type { BatchJob } from "@claw/core/job";
import type { MergePatch } from "@claw/core/merge-patch";
import type { AppContext } from "../../context.ts";
import { isVisible } from "../access/visible.ts";
import { type BatchStarter, runBatch } from "../batch/run-batch.ts";
import { chosenInstances } from "./chosen-instances.ts";
import { previewAll } from "./preview-rollout.ts";

/** The maximum number of refused instances in a sentence. */
const TOLD = 5;

type Configuring = Extract<BatchOrder, { action: "configure" | "restoreConfig" }>;
type Pace = Pick<Configuring, "options">;

/**
 * Begins the batch that changes many configurations, each in the text that it has when its turn
 * comes; those that need no change are left out. Checks all before it writes any: throws the reason
 * of the first that cannot have the change, INVALID_INPUT when none needs it, and what `runBatch`
 * throws.
 */
export async function runRollout(
  ctx: AppContext,
  { patch, options, ...target }: RolloutRequest,
  starter: BatchStarter,
): Promise<BatchJob> {
  const chosen = chosenInstances(ctx, starter.viewer, target);
  return begin(ctx, { chosen, patch, pace: options ? { options } : {} }, starter);
}

/** Begins a roll-out again for `request`, a part of it. Throws JOB_FINISHED as well. */
export async function retryRollout(
  ctx: AppContext,
  { id, request }: { id: string; request: Configuring },
  starter: BatchStarter,
): Promise<BatchJob> {
  const patch = await ctx.store.findRollout(id);
  const chosen = request.ids
    .filter((each) => isVisible(ctx, starter.viewer, each))
    .map((each) => ctx.runtime.live.board.get(each));
  if (patch === null || chosen.length === 0)
    throw new DomainError(
      "JOB_FINISHED",
      "Nothing of this roll-out is left to do: its change was not kept, or its instances are gone.",
    );
  const { options } = request;
  return begin(ctx, { chosen, patch, pace: options ? { options } : {} }, starter);
}

async function begin(
  ctx: AppContext,
  { chosen, patch, pace }: { chosen: readonly Instance[]; patch: MergePatch; pace: Pace },
  starter: BatchStarter,
): Promise<BatchJob> {
  const items = await previewAll(ctx, chosen, { patch, by: starter.by.user });
  requireAllValid(items);
  const ids = items.filter(({ changed }) => changed).map(({ id }) => id);
  if (ids.length === 0)
    throw new DomainError(
      "INVALID_INPUT",
      "The configurations of these instances already say what the change says. Nothing was changed.",
    );
  return runBatch(ctx, { action: "configure", ids, ...pace }, starter, {
    prepare: (jobId) => ctx.store.keepRollout(jobId, patch),
  });
}

function requireAllValid(items: readonly RolloutItem[]): void {
  const refused = items.flatMap(({ id, problem, issues }) =>
    problem === null ? [] : [{ id, ...problem, issues }],
  );
  const [first] = refused;
  if (!first) return;
  const told = refused.slice(0, TOLD).map(({ id, message }) => `${id}: ${message}`);
  throw new DomainError(
    first.reason,
    `${refused.length} of ${items.length} cannot have this change, so none was changed. ${told.join(" ")}`,
    { issues: first.issues },
  );
}
