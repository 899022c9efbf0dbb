import type { InstanceId } from "@claw/core/instance";
import { z } from "zod";
import type { AppContext } from "../../context.ts";

const Left = z.object({ owner: z.string().nullable() });

const keyOf = (id: InstanceId) => `instance.left.${id}`;

/** Remembers whose an instance is that goes: its data, its backups and its safety copies may stay. */
export async function rememberOwner(
  ctx: Pick<AppContext, "store">,
  { id, owner }: { id: InstanceId; owner: string | null },
): Promise<void> {
  await ctx.store.saveSetting(keyOf(id), { owner });
}

/** Id of the user whose an instance was that is gone; null: nobody's, or of nobody who is here. */
export async function leftOwner(
  ctx: Pick<AppContext, "store">,
  id: InstanceId,
): Promise<string | null> {
  const left = Left.safeParse(await ctx.store.readSetting(keyOf(id))).data?.owner ?? null;
  return left !== null && (await ctx.store.findUserById(left)) ? left : null;
}
