import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { findUser } from "../access/find-user.ts";
import { findInstance } from "./find-instance.ts";
import { updateInstance } from "./update-instance.ts";

/**
 * Assigns instances to a user, or to nobody with null. Ends the previous owner's streams of them.
 * Throws USER_NOT_FOUND and INSTANCE_NOT_FOUND before any change.
 */
export async function assignInstances(
  ctx: AppContext,
  { ids, owner }: { ids: readonly InstanceId[]; owner: string | null },
): Promise<Instance[]> {
  const user = owner === null ? null : await findUser(ctx, owner);
  for (const id of ids) await findInstance(ctx, id);
  for (const id of ids) {
    await updateInstance(ctx, id, { owner: user?.id ?? null });
    // At once: the assignment of a later instance may fail.
    ctx.access.streams.end(
      ({ viewer, instanceIds }) =>
        viewer.user.role === "member" && viewer.user.id !== user?.id && instanceIds.includes(id),
    );
  }
  return ids.map((id) => ctx.runtime.live.board.get(id));
}
