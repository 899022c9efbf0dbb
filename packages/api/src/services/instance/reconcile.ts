import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { deployInstance, writeComposeFile } from "./apply-instance.ts";
import { bringUp } from "./bring-up.ts";
import { furnishInstance } from "./furnish-instance.ts";
import { finishRemoval } from "./remove-instance.ts";
import { updateInstance } from "./update-instance.ts";

/**
 * Makes true what the specs say: finishes what a crash or a lost engine cut short, starts what
 * should run, stops what should not. One instance's trouble does not keep the others waiting.
 */
export async function reconcile(ctx: AppContext): Promise<void> {
  const specs = await ctx.store.listInstances();
  if (specs.length === 0) return;
  await writeComposeFile(ctx);
  await Promise.all(
    specs.map(async (spec) => {
      try {
        await reconcileInstance(ctx, spec);
      } catch (error) {
        // BUSY: somebody works on it right now, and leaves it as it should be.
        if (hasReason(error, "BUSY", "ENGINE_UNREACHABLE", "CANCELLED")) return;
        ctx.live.board.setStartError(spec.id, messageOf(error));
        ctx.log.warn(`the instance ${spec.id} is not as it should be: ${messageOf(error)}`);
      }
    }),
  );
}

async function reconcileInstance(ctx: AppContext, spec: InstanceSpec): Promise<void> {
  const { board, locks, observer } = ctx.live;
  if (spec.phase === "removing" || spec.phase === "purging") {
    await locks.exclusive(spec.id, "removing", () =>
      finishRemoval(ctx, spec.id, spec.phase === "purging"),
    );
    return;
  }
  if (spec.phase === "creating")
    await locks.exclusive(spec.id, "creating", async () => {
      await furnishInstance(ctx, spec);
      await deployInstance(ctx, spec);
      await updateInstance(ctx, spec.id, { phase: "ready" });
      await observer.refresh(spec.id);
    });
  const state = board.observedOf(spec.id)?.state;
  const up = state === "running" || state === "restarting";
  if (spec.desired === "running") {
    if (up) await locks.exclusive(spec.id, "checking", () => deployInstance(ctx, spec));
    await observer.refresh(spec.id);
    if (board.observedOf(spec.id)?.state !== state || !up) await bringUp(ctx, spec.id);
    return;
  }
  await locks.exclusive(spec.id, up ? "stopping" : "checking", async () => {
    if (up) await ctx.engine.stop(spec.id);
    await deployInstance(ctx, spec);
    await observer.refresh(spec.id);
  });
}
