import { DomainError } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";

/** The stored spec. Throws INSTANCE_NOT_FOUND. */
export async function findInstance(ctx: AppContext, id: InstanceId): Promise<InstanceSpec> {
  const spec = await ctx.store.findInstance(id);
  if (spec) return spec;
  throw new DomainError("INSTANCE_NOT_FOUND", `There is no instance ${id}.`);
}
