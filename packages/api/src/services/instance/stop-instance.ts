import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { findInstance, requireNoRestore } from "./find-instance.ts";
import { updateInstance } from "./update-instance.ts";

/** Stops an instance within its grace time; no-op when it does not run. */
export async function stopInstance(ctx: AppContext, id: InstanceId): Promise<Instance> {
  await findInstance(ctx, id);
  await requireNoRestore(ctx, id);
  const { board, locks, observer } = ctx.live;
  await locks.exclusive(id, "stopping", async () => {
    await ctx.engine.version();
    await updateInstance(ctx, id, { desired: "stopped" });
    await ctx.engine.stop(id);
    board.setStartError(id, null);
    await observer.refresh(id);
  });
  return board.get(id);
}
