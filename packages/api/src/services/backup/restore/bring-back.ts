import { DomainError } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import type { Job } from "@claw/core/job";
import { distinctSubjects, type Subject } from "@claw/core/subject";
import type { AppContext } from "../../../context.ts";
import type { SafetyCopyRecord } from "../../../store/restore-records.ts";
import { leftOwner } from "../../instance/left-owner.ts";
import type { JobHandle } from "../../runtime/jobs.ts";
import { createTransferMeter } from "../../runtime/transfer-meter.ts";
import { allotRestored } from "./allot-restored.ts";
import { requireRestorable } from "./require-restorable.ts";
import type { Restored } from "./restore-backup.ts";
import { otherInstance } from "./restored-owner.ts";
import { findSafetyCopy, stagedName } from "./safety-copies.ts";
import { swapInstance } from "./swap-instance.ts";

/**
 * Begins a job that puts back what a restore replaced; what is there now becomes a safety copy in
 * turn. An instance that was deleted since is made again, on a free port. Throws before it begins
 * SAFETY_COPY_NOT_FOUND, FORBIDDEN as `restoreBackup`, what `requireRestorable` throws, and BUSY beside a backup or restore.
 */
export async function bringBack(
  ctx: AppContext,
  id: string,
  { mayAssign = false } = {},
): Promise<Job> {
  const copy = await findSafetyCopy(ctx, id);
  if ((await ctx.archives.keptSize(copy.kept)) === null) throw await lost(ctx, copy);
  const spec = await ctx.store.findInstance(copy.instanceId);
  if (!mayAssign) requireOwn(ctx, copy);
  // Folders are renamed: no room is needed.
  await requireRestorable(ctx, { images: [spec?.image ?? ctx.config.image], bytes: 0 });
  return ctx.jobs.begin({
    kind: "restore",
    instanceId: null,
    instanceIds: [copy.instanceId],
    about: distinctSubjects([asSubject(copy), ...ctx.live.board.subjectsOf([copy.instanceId])]),
    notBeside: ["backup", "restore"],
    inTurn: true,
    work: (job) => work(ctx, job, copy, spec),
  });
}

async function work(
  ctx: AppContext,
  job: JobHandle,
  copy: SafetyCopyRecord,
  there: InstanceSpec | null,
): Promise<{ restored: Restored[] }> {
  const { instanceId: id, name, bytes } = copy;
  // Since the job was asked for, it may have been dismissed.
  await findSafetyCopy(ctx, copy.id);
  using meter = createTransferMeter({
    job,
    now: () => ctx.host.now(),
    passes: [],
    instances: [{ id, name, bytes, restarts: there?.desired === "running" }],
  });
  meter.step("restore.swap");
  const replaced = await swapInstance(
    ctx,
    {
      id,
      jobId: job.id,
      backupId: copy.backupId,
      staged: stagedName(copy, job.id),
      kept: `${id}-${job.id}`,
      portBefore: null,
      isCopy: false,
      there: there?.uid ?? null,
      allot: async () => {
        const { uid } = copy;
        const owner = await leftOwner(ctx, id, uid);
        return allotRestored(ctx, { id, uid, name, port: null, desired: "running", owner });
      },
      broughtBack: copy,
    },
    {
      signal: job.signal,
      mayBegin: () => true,
      onPhase: (phase) => meter.enter(id, phase),
      onDown: () => meter.down(id),
      onUp: () => meter.up(id),
    },
  );
  meter.enter(id, "done");
  return { restored: [{ from: id, id, safetyCopyId: replaced?.id ?? null }] };
}

const asSubject = ({ instanceId: id, uid, owner }: SafetyCopyRecord): Subject => ({
  id,
  uid,
  owner,
});

function requireOwn(ctx: AppContext, copy: SafetyCopyRecord): void {
  const [there] = ctx.live.board.subjectsOf([copy.instanceId]);
  if (there && there.uid !== copy.uid && there.owner !== copy.owner)
    throw otherInstance(copy.instanceId);
}

async function lost(ctx: AppContext, copy: SafetyCopyRecord): Promise<DomainError> {
  await ctx.store.deleteSafetyCopy(copy.id);
  return new DomainError(
    "SAFETY_COPY_NOT_FOUND",
    `The folder of the safety copy of ${copy.instanceId} is gone: somebody has deleted it by hand.`,
  );
}
