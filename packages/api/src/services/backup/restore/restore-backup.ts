import type { Viewer } from "@claw/core/access/viewer";
import type { RestoreRequest } from "@claw/core/backup/backup";
import type { InstanceId } from "@claw/core/instance";
import type { JobOf } from "@claw/core/job";
import { distinctSubjects, type Subject, subjectsOf } from "@claw/core/subject";
import type { AppContext } from "../../../context.ts";
import { mayAssign, requireMayAssign } from "../../access/chosen-owner.ts";
import { type PreparedRestore, prepareRestore } from "./plan-restore.ts";
import { requireRestorable } from "./require-restorable.ts";
import { otherInstance, requireChosenOwners } from "./restored-owner.ts";
import { runRestore } from "./run-restore.ts";

/** `restoreBackup` for a viewer. Throws FORBIDDEN if they choose an owner but may not assign any. */
export async function restoreFor(
  ctx: AppContext,
  viewer: Viewer,
  request: RestoreRequest,
): Promise<JobOf<"restore">> {
  requireMayAssign(viewer, request.copies ?? []);
  return restoreBackup(ctx, request, { mayAssign: mayAssign(viewer) });
}

/**
 * Begins a job that replaces or creates instances from a backup. All are unpacked and verified
 * next to the live ones before the first is stopped; then each is replaced as a whole, or stays as
 * it is and is reported as failed. Throws, before it begins, what `prepareRestore`,
 * `requireChosenOwners` and `requireRestorable` throw, FORBIDDEN if a viewer who may not assign
 * owners would give a user the data of another user's former instance, and BUSY during another
 * backup or restore.
 */
export async function restoreBackup(
  ctx: AppContext,
  request: RestoreRequest,
  { mayAssign = false } = {},
): Promise<JobOf<"restore">> {
  await requireChosenOwners(ctx, request);
  const prepared = await prepareRestore(ctx, request);
  if (!mayAssign) requireOwnSubjects(ctx, prepared);
  const { instances, spaceNeeded } = prepared.plan;
  const specs = await ctx.store.listInstances();
  const imageOf = (id: InstanceId) => specs.find((spec) => spec.id === id)?.image;
  const images = instances.map(({ id }) => imageOf(id) ?? ctx.config.image);
  await requireRestorable(ctx, { images, bytes: spaceNeeded });
  return ctx.runtime.jobs.begin({
    kind: "restore",
    instanceId: null,
    instanceIds: instances.map(({ id }) => id),
    about: aboutOf(ctx, prepared),
    notBeside: ["backup", "restore"],
    inTurn: true,
    work: (job) =>
      ctx.runtime.backups.reading(request.id, () =>
        runRestore({ ctx, job, prepared, request, mayAssign }),
      ),
  });
}

/** The instances in the backup, and the current ones under the target ids. */
function aboutOf(ctx: AppContext, { plan, records }: PreparedRestore): Subject[] {
  const held = plan.instances.flatMap(({ from }) => records.get(from) ?? []);
  const there = ctx.runtime.live.board.subjectsOf(plan.instances.map(({ id }) => id));
  return distinctSubjects([...subjectsOf(held), ...there]);
}

function requireOwnSubjects(ctx: AppContext, { plan, records }: PreparedRestore): void {
  for (const { from, id, warnings } of plan.instances) {
    if (!warnings.includes("OTHER_INSTANCE")) continue;
    const [there] = ctx.runtime.live.board.subjectsOf([id]);
    if (there && there.owner !== records.get(from)?.owner) throw otherInstance(id);
  }
}
