import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { timestamp } from "../../host/host.ts";
import type { InstancePatch } from "../../store/store.ts";

/** Changes a spec in the store and on the board. */
export async function updateInstance(
  ctx: AppContext,
  id: InstanceId,
  patch: Omit<InstancePatch, "updatedAt">,
): Promise<InstanceSpec> {
  const spec = await ctx.store.updateInstance(id, { ...patch, updatedAt: timestamp(ctx.host) });
  ctx.runtime.live.board.setSpec(spec);
  return spec;
}
