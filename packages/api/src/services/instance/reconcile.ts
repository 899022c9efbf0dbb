import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { sweepRestoreTests } from "../backup/restore/restore-tests.ts";
import type { Operation } from "../runtime/instance-locks.ts";
import { deployInstance, refreshImages, writeComposeFile } from "./apply-instance.ts";
import { bringUp } from "./bring-up.ts";
import { isStaying } from "./find-instance.ts";
import { finishCreation } from "./finish-creation.ts";
import { isUp } from "./is-up.ts";
import { finishRemoval } from "./remove-instance.ts";
import { operationOf } from "./replace/replacement.ts";
import { undoReplacement } from "./replace/undo-replacement.ts";
import { takeDown } from "./take-down.ts";

/**
 * All instances, or only unfinished ones. Instances started or stopped outside the panel stay so
 * until a reconciliation of all.
 */
export type Reach = "all" | "unfinished";

/**
 * Makes instances match their specs: completes what a crash or a lost engine interrupted (a
 * replacement is undone), starts what should run, stops what should not. Problems with one instance
 * do not delay the others, nor do restore tests or the compose file.
 */
export async function reconcile(ctx: AppContext, reach: Reach = "all"): Promise<void> {
  const { locks } = ctx.runtime.live;
  const specs = await ctx.store.listInstances();
  const replacements = await ctx.store.listReplacements();
  await sweepRestoreTests(ctx).catch((error: unknown) =>
    ctx.log.warn(`restore tests are left until the next look: ${messageOf(error)}`),
  );
  // A current operation may still be interrupted.
  const reached = specs.filter(
    (spec) => reach === "all" || isHalfDone(ctx, spec) || locks.current(spec.id) !== null,
  );
  const ids = new Set([
    ...reached.map(({ id }) => id),
    ...replacements.map((each) => each.instanceId),
  ]);
  if (ids.size === 0) return;
  await writeComposeFile(ctx);
  await refreshImages(
    ctx,
    reached.map(({ image }) => image),
  ).catch((error: unknown) => ctx.log.warn(`looking at the images failed: ${messageOf(error)}`));
  await Promise.all([...ids].map((id) => putRight(ctx, id, reach)));
}

/**
 * Makes one instance match its spec. A failure is shown at the instance, which is then owed another
 * attempt; rejects only if there is no instance to show it at.
 */
export async function putRight(
  ctx: AppContext,
  id: InstanceId,
  reach: Reach = "all",
): Promise<void> {
  const { board } = ctx.runtime.live;
  try {
    await reconcileInstance(ctx, id, reach);
  } catch (error) {
    if (hasReason(error, "CANCELLED")) return;
    // Everything is reconciled when the engine is back.
    if (hasReason(error, "ENGINE_UNREACHABLE") && !board.isReachable()) return;
    ctx.log.warn(`the instance ${id} is not as it should be: ${messageOf(error)}`);
    if (board.find(id) === null) throw error;
    board.setStartError(id, messageOf(error));
  }
}

/**
 * Waits for a current operation: it may have begun before the engine went away, and fail only now.
 */
async function reconcileInstance(ctx: AppContext, id: InstanceId, reach: Reach): Promise<void> {
  const { locks, signal } = ctx.runtime.live;
  const before = await ctx.store.findInstance(id);
  const replacement = await ctx.store.findReplacement(id);
  const operation = replacement ? operationOf(replacement) : before && operationFor(ctx, before);
  if (operation === null) return;
  const mustStart = await locks.afterOthers(id, operation, async () => {
    if (signal.aborted) return null;
    // A running replacement holds the lock, so the one in the journal was interrupted.
    const cutShort = await ctx.store.findReplacement(id);
    const now = await ctx.store.findInstance(id);
    if (reach === "unfinished" && !cutShort && !(now && isHalfDone(ctx, now))) return null;
    locks.seeTo(id);
    if (cutShort) await undoReplacement(ctx, cutShort);
    const spec = await ctx.store.findInstance(id);
    return spec !== null && makeTrue(ctx, spec);
  });
  if (mustStart === null) return;
  if (mustStart) await bringUp(ctx, id);
  else if (ctx.runtime.live.board.isOwed(id)) ctx.runtime.live.board.setStartError(id, null);
}

function isHalfDone(ctx: AppContext, { id, phase }: InstanceSpec): boolean {
  return phase !== "ready" || ctx.runtime.live.locks.wasCutShort(id);
}

/** The operation to show meanwhile. */
function operationFor(ctx: AppContext, spec: InstanceSpec): Operation {
  if (!isStaying(spec)) return "removing";
  if (spec.phase === "creating") return "creating";
  return spec.desired === "stopped" && isUp(ctx, spec.id) ? "stopping" : "reconciling";
}

/** Everything except the start, which waits for its turn. True if a start is due. */
async function makeTrue(ctx: AppContext, spec: InstanceSpec): Promise<boolean> {
  const { id, phase, desired } = spec;
  const { observer } = ctx.runtime.live;
  if (!isStaying(spec)) {
    await finishRemoval(ctx, id, phase === "purging");
    return false;
  }
  await observer.refresh(id);
  if (desired === "stopped" && isUp(ctx, id)) await takeDown(ctx, id, { workWithinMs: 0 });
  if (phase === "creating") await finishCreation(ctx, spec);
  // A container from an older definition stays with its log, running or not, until the next start.
  else if (desired === "stopped" && ctx.runtime.live.board.observedOf(id) === null)
    await deployInstance(ctx, spec);
  await observer.refresh(id);
  return desired === "running" && !isUp(ctx, id);
}
