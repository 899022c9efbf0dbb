import { DomainError } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";

/** The stored spec. Throws INSTANCE_NOT_FOUND. */
export async function findInstance(ctx: AppContext, id: InstanceId): Promise<InstanceSpec> {
  const spec = await ctx.store.findInstance(id);
  if (spec) return spec;
  throw new DomainError("INSTANCE_NOT_FOUND", `There is no instance ${id}.`);
}

/** Throws BUSY as long as a restore of the instance that was cut short is not undone. */
export async function requireNoRestore(ctx: AppContext, id: InstanceId): Promise<void> {
  if ((await ctx.store.findRestore(id)) === null) return;
  throw new DomainError(
    "BUSY",
    `A restore of ${id} is under way, or was cut short and is undone as soon as Docker answers. Try again in a moment; if it stays so, start the panel again.`,
  );
}

/** As `findInstance`, but throws BUSY when the instance is on its way out or half restored. */
export async function findStayingInstance(ctx: AppContext, id: InstanceId): Promise<InstanceSpec> {
  const spec = await findInstance(ctx, id);
  await requireNoRestore(ctx, id);
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
