import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import { z } from "zod";
import type { Uses } from "../../context.ts";

/** A deleted instance, as it was at last. Older panels remembered its owner only. */
const LastKnown = z.object({
  uid: z.string().nullable().default(null),
  owner: z.string().nullable(),
  group: z.string().nullable().default(null),
  tags: z.array(z.string()).default([]),
  timezone: z.string().exactOptional(),
});
export type LastKnown = z.output<typeof LastKnown>;

const keyOf = (id: InstanceId) => `instance.left.${id}`;

/** Records a deleted instance, whose data, backups and snapshots may stay. */
export async function rememberInstance(
  ctx: Uses<"store">,
  { id, uid, owner, group, tags, timezone }: InstanceSpec,
): Promise<void> {
  await ctx.store.noteSetting(keyOf(id), { uid, owner, group, tags, timezone });
}

/**
 * The last deleted instance of an id; null if none is known. With `uid`, only that instance: the
 * last one of this id may have been another.
 */
export async function lastKnown(
  ctx: Uses<"store">,
  id: InstanceId,
  uid: string | null = null,
): Promise<LastKnown | null> {
  const left = LastKnown.safeParse(await ctx.store.readSetting(keyOf(id))).data;
  if (!left || (uid !== null && left.uid !== null && left.uid !== uid)) return null;
  return left;
}
