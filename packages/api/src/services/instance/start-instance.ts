import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { bringUp } from "./bring-up.ts";
import { isUp } from "./is-up.ts";
import { operateOn } from "./operate-on.ts";
import { restartInstance } from "./restart-instance.ts";
import type { StopOptions } from "./take-down.ts";
import { updateInstance } from "./update-instance.ts";

/**
 * Starts an instance; no-op if it runs. A queued one keeps its position. One that is in error while
 * its container is up, such as in a crash loop, begins anew: the engine has nothing to start there,
 * and its state would still be that of the former configuration.
 */
export async function startInstance(
  ctx: AppContext,
  id: InstanceId,
  options?: StopOptions,
): Promise<Instance> {
  const { board } = ctx.runtime.live;
  if (board.find(id)?.status === "error" && isUp(ctx, id)) return restartInstance(ctx, id, options);
  await operateOn(
    ctx,
    id,
    "checking",
    async () => {
      await ctx.engine.version();
      await updateInstance(ctx, id, { desired: "running" });
    },
    options,
  );
  if (board.get(id).status !== "running") await bringUp(ctx, id);
  return board.get(id);
}
