import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import { instanceNotFound } from "@claw/core/not-found";
import type { Uses } from "../../context.ts";

/** The stored spec. Throws INSTANCE_NOT_FOUND. */
export async function findInstance(ctx: Uses<"store">, id: InstanceId): Promise<InstanceSpec> {
  const spec = await ctx.store.findInstance(id);
  if (spec) return spec;
  throw instanceNotFound(id);
}

/** False once the deletion of the instance has begun; it will be completed. */
export function isStaying({ phase }: InstanceSpec): boolean {
  return phase === "creating" || phase === "ready";
}
