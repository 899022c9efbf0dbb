import { DomainError, hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { isInItsTurn } from "../runtime/live-instances.ts";
import { applyInstance } from "./apply-instance.ts";
import { noticeConfig } from "./config-versions.ts";
import { finishCreation } from "./finish-creation.ts";
import { operateIfAllowed } from "./operate-on.ts";

/** Replaces the container's start for callers that can fix some of its failures. */
export type Launch = (ctx: AppContext, id: InstanceId) => Promise<void>;

/**
 * Starts an instance when its turn comes. Resolves once its process was started, or at once if two
 * others are starting; then it shows as `starting` and a failure as `error`.
 */
export async function bringUp(ctx: AppContext, id: InstanceId, launch: Launch = launchInstance) {
  const { board, starts, signal } = ctx.runtime.live;
  await starts.enter(id, {
    launch: () => guarded(ctx, id, launch),
    settled: () => board.until(id, (instance) => !isInItsTurn(instance), signal),
    onLateError: (error) => {
      if (!hasReason(error, "CANCELLED"))
        ctx.log.warn(`starting ${id} failed: ${messageOf(error)}`);
    },
  });
}

/** The desired state may have changed while the start waited. */
async function guarded(ctx: AppContext, id: InstanceId, launch: Launch): Promise<void> {
  const { board, signal } = ctx.runtime.live;
  if (signal.aborted) return;
  await operateIfAllowed(ctx, id, "starting", async (spec) => {
    if (spec.desired !== "running") return;
    board.setStartError(id, null);
    try {
      if (spec.phase === "creating") await finishCreation(ctx, spec);
      await launch(ctx, id);
    } catch (error) {
      board.setStartError(id, messageOf(error));
      throw error;
    }
  });
}

/** Applies the spec and starts the container. */
export async function launchInstance(ctx: AppContext, id: InstanceId): Promise<void> {
  const spec = await ctx.store.findInstance(id);
  if (!spec) return;
  await requireData(ctx, id);
  await applyInstance(ctx, spec);
  await ctx.engine.start(id);
}

/** Docker would create the missing folder, and the gateway would start as if new. */
async function requireData(ctx: AppContext, id: InstanceId): Promise<void> {
  if (!(await ctx.disk.storage.hasConfig(id)))
    throw new DomainError(
      "CONFIG_MISSING",
      `There is no openclaw.json in instances/${id}/data: the folder was emptied or moved, or its disk is not mounted. Put the folder back, or restore a backup.`,
    );
  await ctx.disk.storage.ownFolders(id);
  // OpenClaw, or somebody on this machine, may have changed it.
  await noticeConfig(ctx, id);
}
