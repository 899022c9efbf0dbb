import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { bringUp } from "./bring-up.ts";
import { type OperateOptions, operateOn } from "./operate-on.ts";
import { updateInstance } from "./update-instance.ts";

/** Starts an instance; no-op if it runs. A queued one keeps its position. */
export async function startInstance(
  ctx: AppContext,
  id: InstanceId,
  options?: OperateOptions,
): Promise<Instance> {
  const { board } = ctx.runtime.live;
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
