import { DomainError } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import { isStaying } from "../../instance/find-instance.ts";

/**
 * The instances to back up, sorted by id: the named ones, or all. Throws INSTANCE_NOT_FOUND for an
 * unknown id, INVALID_INPUT if there are no instances.
 */
export async function chooseInstances(
  ctx: AppContext,
  ids: readonly InstanceId[] | undefined,
): Promise<InstanceSpec[]> {
  const specs = (await ctx.store.listInstances()).filter(isStaying);
  if (ids === undefined && specs.length > 0) return specs;
  if (ids === undefined)
    throw new DomainError("INVALID_INPUT", "There is no instance to back up. Create one first.");
  const known = new Set(specs.map(({ id }) => id));
  const missing = [...new Set(ids)].filter((id) => !known.has(id));
  if (missing.length > 0)
    throw new DomainError(
      "INSTANCE_NOT_FOUND",
      `There is no instance ${missing.join(", ")}. Choose from those that exist.`,
    );
  const wanted = new Set(ids);
  return specs.filter(({ id }) => wanted.has(id));
}
