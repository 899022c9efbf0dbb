import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { type OperateOptions, operateOn } from "./operate-on.ts";
import { updateInstance } from "./update-instance.ts";

/** Stops an instance within its grace time; no-op if it does not run. */
export async function stopInstance(
  ctx: AppContext,
  id: InstanceId,
  options?: OperateOptions,
): Promise<Instance> {
  const { board } = ctx.runtime.live;
  await operateOn(
    ctx,
    id,
    "stopping",
    async () => {
      await ctx.engine.version();
      await updateInstance(ctx, id, { desired: "stopped" });
      await ctx.engine.stop(id);
      board.setStartError(id, null);
    },
    options,
  );
  return board.get(id);
}
