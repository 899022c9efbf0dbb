import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import { z } from "zod";
import type { Uses } from "../../context.ts";

const Left = z.object({ owner: z.string().nullable(), uid: z.string().nullable().default(null) });

const keyOf = (id: InstanceId) => `instance.left.${id}`;

/** Records the owner of a deleted instance, whose data, backups and snapshots may stay. */
export async function rememberOwner(
  ctx: Uses<"store">,
  { id, uid, owner }: Pick<InstanceSpec, "id" | "uid" | "owner">,
): Promise<void> {
  await ctx.store.noteSetting(keyOf(id), { owner, uid });
}

/**
 * User id of a deleted instance's owner; null: none, or no longer a user. With `uid`, only of that
 * instance: the last one of this id may have been another.
 */
export async function previousOwner(
  ctx: Uses<"store">,
  id: InstanceId,
  uid: string | null = null,
): Promise<string | null> {
  const left = Left.safeParse(await ctx.store.readSetting(keyOf(id))).data;
  if (!left || (uid !== null && left.uid !== null && left.uid !== uid)) return null;
  return left.owner !== null && (await ctx.store.findUserById(left.owner)) ? left.owner : null;
}
