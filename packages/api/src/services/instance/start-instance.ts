import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { bringUp } from "./bring-up.ts";
import { findInstance } from "./find-instance.ts";
import { updateInstance } from "./update-instance.ts";

/** Starts an instance; no-op when it runs or waits for its turn. */
export async function startInstance(ctx: AppContext, id: InstanceId): Promise<Instance> {
  await findInstance(ctx, id);
  const { board, locks, starts } = ctx.live;
  if (!starts.isWaiting(id)) {
    await locks.exclusive(id, "checking", async () => {
      await ctx.engine.version();
      await updateInstance(ctx, id, { desired: "running" });
    });
    await bringUp(ctx, id);
  }
  return board.get(id);
}
