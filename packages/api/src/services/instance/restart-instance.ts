import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { refreshImages } from "./apply-instance.ts";
import { bringUp } from "./bring-up.ts";
import { operateOn } from "./operate-on.ts";
import { updateInstance } from "./update-instance.ts";

/**
 * Stops an instance and starts it again; one that does not run is started. A container that would be
 * made in another way today is replaced; one whose tag names another image by now is not.
 */
export async function restartInstance(ctx: AppContext, id: InstanceId): Promise<Instance> {
  await operateOn(ctx, id, "restarting", async ({ image }) => {
    await ctx.engine.version();
    await refreshImages(ctx, [image]);
    // Before the stop: a crash in between leaves an instance that is brought up again.
    await updateInstance(ctx, id, { desired: "running" });
    await ctx.engine.stop(id);
  });
  await bringUp(ctx, id);
  return ctx.live.board.get(id);
}
