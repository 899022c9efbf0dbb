import type { InstanceId } from "@claw/core/instance";
import type { AppContext, Uses } from "../../context.ts";
import { revisionOf } from "../instance/config-revision.ts";
import { recordConfig } from "../instance/config-versions.ts";

/** The version that a roll-out wrote to a configuration, and the one that it replaced. */
interface Written {
  uid: string;
  replaced: number;
  /** The file has had no other text since. */
  isPresent: boolean;
}

/** Null: it has written nothing. A crash may have come just before or after the write. */
export async function writtenTo(
  ctx: Uses<"store" | "storage" | "live" | "host" | "log">,
  id: InstanceId,
  jobId: string,
): Promise<Written | null> {
  const uid = ctx.runtime.live.board.identityOf(id)?.uid;
  if (uid === undefined) return null;
  // Settles a version that was pending.
  const present = await recordConfig(ctx, id);
  const written = await ctx.store.findRolloutVersion(uid, jobId);
  if (written === null || written.replaced === null) return null;
  return { uid, replaced: written.replaced, isPresent: present?.version === written.version };
}

/** Tells for which of `ids` a roll-out has left something to undo. */
export async function writtenBy(
  ctx: AppContext,
  ids: readonly InstanceId[],
  jobId: string,
): Promise<(id: InstanceId) => boolean> {
  const written = new Set<InstanceId>();
  for (const id of ids) {
    const found = await writtenTo(ctx, id, jobId);
    if (found && !(await isBack(ctx, id, found))) written.add(id);
  }
  return (id) => written.has(id);
}

/** As after a change that the gateway did not take. */
async function isBack(
  ctx: AppContext,
  id: InstanceId,
  { uid, replaced }: Written,
): Promise<boolean> {
  const former = await ctx.store.findConfigVersion(uid, replaced);
  const present = await ctx.disk.storage.readConfig(id);
  return former !== null && present !== null && revisionOf(present) === former.revision;
}
