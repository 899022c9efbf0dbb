import { DomainError } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { Uses } from "../../context.ts";

/** The stored spec. Throws INSTANCE_NOT_FOUND. */
export async function findInstance(ctx: Uses<"store">, id: InstanceId): Promise<InstanceSpec> {
  const spec = await ctx.store.findInstance(id);
  if (spec) return spec;
  throw instanceNotFound(id);
}

export function instanceNotFound(id: InstanceId): DomainError {
  return new DomainError("INSTANCE_NOT_FOUND", `There is no instance ${id}.`);
}

/** False once the deletion of the instance has begun; it will be completed. */
export function isStaying({ phase }: InstanceSpec): boolean {
  return phase === "creating" || phase === "ready";
}
