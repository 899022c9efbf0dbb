import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { WORK_MAY_TAKE_MS } from "../runtime/drains.ts";
import { refreshImages } from "./apply-instance.ts";
import { bringUp } from "./bring-up.ts";
import { operateOn } from "./operate-on.ts";
import { type StopOptions, takeDownFor } from "./take-down.ts";

/**
 * Stops an instance after its running work, and starts it, or starts one that does not run. Replaces a container whose
 * definition has changed, but not one whose tag names a new image.
 */
export async function restartInstance(
  ctx: AppContext,
  id: InstanceId,
  { workWithinMs = WORK_MAY_TAKE_MS.alone, ...options }: StopOptions = {},
): Promise<Instance> {
  await operateOn(
    ctx,
    id,
    "restarting",
    async (spec) => {
      await ctx.engine.version();
      await refreshImages(ctx, [spec.image]);
      // Before the stop, so that an instance is brought up again after a crash in between.
      await takeDownFor(ctx, spec, "running", { workWithinMs, signal: options.signal });
    },
    options,
  );
  await bringUp(ctx, id);
  return ctx.runtime.live.board.get(id);
}
