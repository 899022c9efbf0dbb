import type { InstanceId } from "@claw/core/instance";
import type { Uses } from "../../context.ts";
import { lastKnown } from "./last-known.ts";

/**
 * User id of a deleted instance's owner; null: none, or no longer a user. With `uid`, only of that
 * instance.
 */
export async function previousOwner(
  ctx: Uses<"store">,
  id: InstanceId,
  uid: string | null = null,
): Promise<string | null> {
  const owner = (await lastKnown(ctx, id, uid))?.owner ?? null;
  return owner !== null && (await ctx.store.findUserById(owner)) ? owner : null;
}
