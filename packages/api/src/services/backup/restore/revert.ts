import { DomainError } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import type { JobOf } from "@claw/core/job";
import type { RestoreResult } from "@claw/core/job-result";
import { distinctSubjects, type Subject } from "@claw/core/subject";
import type { AppContext } from "../../../context.ts";
import type { SnapshotRecord } from "../../../store/snapshot-records.ts";
import { lastKnown } from "../../instance/last-known.ts";
import { previousOwner } from "../../instance/previous-owner.ts";
import type { JobHandle } from "../../runtime/job-run.ts";
import { createTransferMeter } from "../../runtime/transfer-meter.ts";
import { allocateRestored } from "./allocate-restored.ts";
import { requireRestorable } from "./require-restorable.ts";
import { stillStarting } from "./restore-failures.ts";
import { otherInstance } from "./restored-owner.ts";
import { findSnapshot } from "./snapshots.ts";
import { swapInstance } from "./swap-instance.ts";

/**
 * Begins a job that restores the data that a restore replaced; the current data becomes a snapshot
 * in turn. Recreates an instance deleted since, on a free port, with its last owner, group, tags and
 * time zone. Throws, before it begins, SNAPSHOT_NOT_FOUND, FORBIDDEN as `restoreBackup`, what
 * `requireRestorable` throws, and BUSY during a backup or restore.
 */
export async function revert(
  ctx: AppContext,
  id: string,
  { mayAssign = false } = {},
): Promise<JobOf<"restore">> {
  const copy = await findSnapshot(ctx, id);
  if ((await ctx.disk.storage.snapshotSize(copy.kept)) === null) throw await lost(ctx, copy);
  const spec = await ctx.store.findInstance(copy.instanceId);
  if (!mayAssign) requireOwn(ctx, copy);
  // Folders are only renamed, so no room is needed.
  await requireRestorable(ctx, { images: [spec?.image ?? ctx.config.image], bytes: 0 });
  return ctx.runtime.jobs.begin({
    kind: "restore",
    instanceId: null,
    instanceIds: [copy.instanceId],
    about: distinctSubjects([
      asSubject(copy),
      ...ctx.runtime.live.board.subjectsOf([copy.instanceId]),
    ]),
    notBeside: ["backup", "restore"],
    inTurn: true,
    work: (job) => work(ctx, job, copy, spec),
  });
}

async function work(
  ctx: AppContext,
  job: JobHandle<"restore">,
  copy: SnapshotRecord,
  there: InstanceSpec | null,
): Promise<RestoreResult> {
  const { instanceId: id, name, bytes } = copy;
  // The snapshot may have been dismissed since the job was requested.
  await findSnapshot(ctx, copy.id);
  using meter = createTransferMeter({
    job,
    now: () => ctx.host.now(),
    passes: [],
    instances: [{ id, name, bytes, restarts: there?.desired === "running" }],
  });
  meter.step("restore.swap");
  const swapped = await swapInstance(
    ctx,
    {
      id,
      jobId: job.id,
      backupId: copy.backupId,
      staged: `${copy.id}-${job.id}`,
      kept: `${id}-${job.id}`,
      portBefore: null,
      isCopy: false,
      there: there?.uid ?? null,
      allocate: () => allocate(ctx, copy),
      reverted: copy,
    },
    {
      signal: job.signal,
      mayBegin: () => true,
      onPhase: (phase) => meter.enter(id, phase),
      onDown: () => meter.down(id),
      onUp: () => meter.up(id),
    },
  );
  if (swapped.late === null) meter.enter(id, "done");
  else job.failed(stillStarting(id, swapped));
  return { restored: [{ from: id, id, snapshotId: swapped.snapshotId }] };
}

async function allocate(
  ctx: AppContext,
  { instanceId: id, uid, name }: SnapshotRecord,
): Promise<InstanceSpec> {
  const left = await lastKnown(ctx, id, uid);
  return allocateRestored(ctx, {
    ...{ id, uid, name, port: null, desired: "running" },
    owner: await previousOwner(ctx, id, uid),
    group: left?.group,
    tags: left?.tags,
    timezone: left?.timezone,
  });
}

const asSubject = ({ instanceId: id, uid, owner }: SnapshotRecord): Subject => ({
  id,
  uid,
  owner,
});

function requireOwn(ctx: AppContext, copy: SnapshotRecord): void {
  const [there] = ctx.runtime.live.board.subjectsOf([copy.instanceId]);
  if (there && there.uid !== copy.uid && there.owner !== copy.owner)
    throw otherInstance(copy.instanceId);
}

async function lost(ctx: AppContext, copy: SnapshotRecord): Promise<DomainError> {
  await ctx.store.deleteSnapshot(copy.id);
  return new DomainError(
    "SNAPSHOT_NOT_FOUND",
    `The folder of the snapshot of ${copy.instanceId} is gone: somebody has deleted it by hand.`,
  );
}
