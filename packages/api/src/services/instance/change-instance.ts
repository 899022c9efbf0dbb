import type { Instance, InstanceChange, InstanceSpec } from "@claw/core/instance";
import { instanceNotFound } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import { findInstance, isStaying } from "./find-instance.ts";
import { updateInstance } from "./update-instance.ts";

/** Name, group and tags: no container depends on them. */
type Descriptions = Omit<InstanceChange, "id">;

/**
 * Changes name, group and tags. Needs no lock of the instance and no Docker. Throws
 * INSTANCE_NOT_FOUND, also while the instance is being deleted.
 */
export function changeInstance(ctx: AppContext, change: InstanceChange): Promise<Instance> {
  const { id, ...patch } = change;
  return changeFrom(ctx, id, () => patch);
}

/** The same for a change that depends on the present state, which no other one alters meanwhile. */
export function changeFrom(
  ctx: AppContext,
  id: InstanceSpec["id"],
  choose: (spec: InstanceSpec) => Descriptions,
): Promise<Instance> {
  return ctx.runtime.live.edits(async () => {
    const spec = await findInstance(ctx, id);
    if (!isStaying(spec)) throw instanceNotFound(id);
    const patch = choose(spec);
    if (Object.keys(patch).length > 0) await updateInstance(ctx, id, patch);
    return ctx.runtime.live.board.get(id);
  });
}
