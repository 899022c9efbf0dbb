import type { Instance, InstanceChange } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { findInstance, instanceNotFound, isStaying } from "./find-instance.ts";
import { updateInstance } from "./update-instance.ts";

/**
 * Changes name, group and tags. Needs no lock and no Docker, for no container depends on them.
 * Throws INSTANCE_NOT_FOUND, also while the instance is being deleted.
 */
export async function changeInstance(ctx: AppContext, change: InstanceChange): Promise<Instance> {
  const { id, ...patch } = change;
  if (!isStaying(await findInstance(ctx, id))) throw instanceNotFound(id);
  if (Object.keys(patch).length > 0) await updateInstance(ctx, id, patch);
  return ctx.runtime.live.board.get(id);
}
