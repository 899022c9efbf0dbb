import type { PlannedRestore } from "@claw/core/backup/backup";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { InstanceFailure, Restored } from "@claw/core/job-result";
import type { Replaced } from "../../instance/replace/replacement.ts";
import { findBackup } from "../catalogue/find-backup.ts";
import { allocateRestored } from "./allocate-restored.ts";
import { failureOf, nothingRestored, stillStarting } from "./restore-failures.ts";
import type { RestoreOrder } from "./restore-order.ts";
import { restoredOwner } from "./restored-owner.ts";
import { swapInstance } from "./swap-instance.ts";

/**
 * An error fails only its own instance. Throws if none was restored. Once an instance fails to come
 * up again with its former data, no further one is stopped.
 */
export async function swapAll(run: RestoreOrder): Promise<Restored[]> {
  const { ctx, job, meter, prepared } = run;
  const restored: Restored[] = [];
  const failed: InstanceFailure[] = [];
  const down = new Map<InstanceId, string>();
  await Promise.all(
    prepared.plan.instances.map(async (planned) => {
      const { from, id } = planned;
      try {
        const { snapshotId, late } = await swap(run, planned, down);
        restored.push({ from, id, snapshotId });
        job.result({ restored: [...restored] });
        if (late === null) {
          job.note(`${id} was restored.`);
          meter.enter(id, "done");
        } else {
          failed.push(stillStarting(id, { snapshotId, late }));
          // Others may be as slow, or not come up at all: they keep their data for now.
          down.set(id, late);
        }
      } catch (error) {
        const failure = failureOf(id, error, down);
        meter.fail(id, failure.message);
        failed.push(failure);
      }
    }),
  );
  if (failed.length === 0) return restored;
  job.signal.throwIfAborted();
  for (const failure of failed) job.failed(failure);
  if (restored.length === 0) throw nothingRestored(ctx, failed, down);
  return restored;
}

async function swap(
  run: RestoreOrder,
  planned: PlannedRestore,
  down: Map<InstanceId, string>,
): Promise<Replaced> {
  const { ctx, job, meter, prepared, request } = run;
  const { from, id, action } = planned;
  const record = prepared.records.get(from);
  return swapInstance(
    ctx,
    {
      id,
      jobId: job.id,
      backupId: request.id,
      staged: run.folderOf(id),
      kept: run.folderOf(id),
      portBefore: record?.port ?? null,
      isCopy: action === "copy",
      there: prepared.there.get(id) ?? null,
      allocate: () => allocate(run, planned),
      reverted: null,
    },
    {
      signal: job.signal,
      mayBegin: () => down.size === 0,
      onLeftDown: (why) => void down.set(id, why),
      onPhase: (phase) => meter.enter(id, phase),
      onDown: () => meter.down(id),
      onUp: () => meter.up(id),
    },
  );
}

/** Allocates an instance that does not exist, or no longer does. */
async function allocate(
  { ctx, job, prepared, request, mayAssign }: RestoreOrder,
  { from, id, name, action, portBefore }: PlannedRestore,
): Promise<InstanceSpec> {
  const record = prepared.records.get(from);
  if (!record) throw new Error(`the backup says nothing of ${from}`);
  const { timezone, desired, createdAt, group, tags } = record;
  const isCopy = action === "copy";
  const chosen = request.copies?.find((copy) => isCopy && copy.id === id)?.owner;
  const isBelieved = mayAssign || (await findBackup(ctx, request.id)).createdBy !== "upload";
  const { owner, told } = await restoredOwner(ctx, { id, record, chosen, isBelieved });
  const own = isCopy
    ? { port: null, desired: "running" as const }
    : { port: portBefore, desired, createdAt, uid: record.uid };
  const spec = await allocateRestored(ctx, { id, name, timezone, owner, group, tags, ...own });
  job.note(told);
  return spec;
}
