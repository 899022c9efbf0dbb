import { DomainError } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";

/** The stored spec. Throws INSTANCE_NOT_FOUND. */
export async function findInstance(ctx: AppContext, id: InstanceId): Promise<InstanceSpec> {
  const spec = await ctx.store.findInstance(id);
  if (spec) return spec;
  throw new DomainError("INSTANCE_NOT_FOUND", `There is no instance ${id}.`);
}

/** As `findInstance`, but throws BUSY when the instance is on its way out. */
export async function findStayingInstance(ctx: AppContext, id: InstanceId): Promise<InstanceSpec> {
  const spec = await findInstance(ctx, id);
  if (isStaying(spec)) return spec;
  throw new DomainError(
    "BUSY",
    `The instance ${id} is being deleted. Delete it again if that does not come to its end.`,
  );
}

/** False when the instance's deletion has begun, which is carried through. */
export function isStaying({ phase }: InstanceSpec): boolean {
  return phase === "creating" || phase === "ready";
}
