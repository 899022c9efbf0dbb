import { isDeepStrictEqual } from "node:util";
import type { Instance, InstanceChange, InstanceSpec } from "@claw/core/instance";
import { instanceNotFound } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import { type Actor, NOBODY } from "../access/audit-draft.ts";
import { recordAuditEvent } from "../access/record-audit-event.ts";
import { findInstance, isStaying } from "./find-instance.ts";
import { updateInstance } from "./update-instance.ts";

/** Name, labels and open paths: no container depends on them. */
type Descriptions = Omit<InstanceChange, "id">;

/**
 * Changes name, group, tags and the paths that are open without a session. Needs no lock of the
 * instance and no Docker. The audit trail tells another list of open paths from other changes: it
 * lets strangers in. Throws INSTANCE_NOT_FOUND, also while the instance is being deleted.
 */
export async function changeInstance(
  ctx: AppContext,
  change: InstanceChange,
  by: Actor = NOBODY,
): Promise<Instance> {
  const { id, ...patch } = change;
  let opensOthers = false;
  const changed = await changeFrom(ctx, id, ({ webhookPaths }) => {
    opensOthers =
      patch.webhookPaths !== undefined && !isDeepStrictEqual(patch.webhookPaths, webhookPaths);
    return patch;
  });
  if (opensOthers)
    await recordAuditEvent(
      ctx,
      {
        ...by,
        action: "instances.openPaths",
        instanceIds: [id],
        about: ctx.runtime.live.board.subjectsOf([id]),
        object: null,
      },
      "ok",
    );
  return changed;
}

/** The same for a change that depends on the present state, which no other one alters meanwhile. */
export function changeFrom(
  ctx: AppContext,
  id: InstanceSpec["id"],
  choose: (spec: InstanceSpec) => Descriptions,
): Promise<Instance> {
  return ctx.runtime.live.edits(async () => {
    const spec = await findInstance(ctx, id);
    if (!isStaying(spec)) throw instanceNotFound(id);
    const patch = choose(spec);
    if (Object.keys(patch).length > 0) await updateInstance(ctx, id, patch);
    return ctx.runtime.live.board.get(id);
  });
}
