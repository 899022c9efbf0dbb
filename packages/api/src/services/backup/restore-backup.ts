import type { PlannedRestore, RestoreRequest } from "@claw/core/backup/backup";
import { DomainError, hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { Job } from "@claw/core/job";
import type { AppContext } from "../../context.ts";
import type { JobHandle } from "../job/jobs.ts";
import { allotRestored } from "./allot-restored.ts";
import { findBackup } from "./find-backup.ts";
import { type PreparedRestore, prepareRestore } from "./plan-restore.ts";
import { requireRestorable } from "./require-restorable.ts";
import { requireChosenOwners, restoredOwner } from "./restored-owner.ts";
import { swapInstance } from "./swap-instance.ts";
import { createTransferMeter, type TransferMeter } from "./transfer-meter.ts";

export interface Restored {
  from: InstanceId;
  id: InstanceId;
  /** What was replaced, if anything was. */
  safetyCopyId: string | null;
}

/** What the steps of one restore share. */
interface Run {
  ctx: AppContext;
  job: JobHandle;
  meter: TransferMeter;
  prepared: PreparedRestore;
  request: RestoreRequest;
  /** Who restores may say whose the instances will be. */
  mayAssign: boolean;
}

/**
 * Begins a job that puts instances of a backup in the place of those that are there, or makes
 * them. All of them are unpacked and checked beside the live ones before the first is stopped;
 * then each is replaced as a whole, or stays as it is. Throws before it begins what
 * `prepareRestore`, `requireChosenOwners` and `requireRestorable` throw, and BUSY beside another
 * backup or restore.
 */
export async function restoreBackup(
  ctx: AppContext,
  request: RestoreRequest,
  { mayAssign = false } = {},
): Promise<Job> {
  await requireChosenOwners(ctx, request);
  const prepared = await prepareRestore(ctx, request);
  const { instances, spaceNeeded } = prepared.plan;
  const specs = await ctx.store.listInstances();
  const imageOf = (id: InstanceId) => specs.find((spec) => spec.id === id)?.image;
  const images = instances.map(({ id }) => imageOf(id) ?? ctx.config.image);
  await requireRestorable(ctx, { images, bytes: spaceNeeded });
  return ctx.jobs.begin({
    kind: "restore",
    instanceId: null,
    notBeside: ["backup", "restore"],
    work: (job) =>
      ctx.backups.reading(request.id, () => work({ ctx, job, prepared, request, mayAssign })),
  });
}

async function work(order: Omit<Run, "meter">): Promise<{ restored: Restored[] }> {
  const { ctx, job, prepared } = order;
  const { instances } = prepared.plan;
  using meter = createTransferMeter({
    job,
    now: () => ctx.host.now(),
    passes: ["unpacking"],
    instances: instances.map(({ id, name, bytes, running }) => ({
      id,
      name,
      bytes,
      restarts: running,
    })),
  });
  const run: Run = { ...order, meter };
  try {
    meter.step("restore.stage");
    for (const planned of instances) await stage(run, planned);
    meter.step("restore.swap");
    return { restored: await swapAll(run) };
  } finally {
    // Of those that were swapped nothing is staged any more.
    for (const { id } of instances) await dropStaged(ctx, folderOf(job, id));
  }
}

/** What cannot be removed now is swept at the panel's next start. */
async function dropStaged(ctx: AppContext, staged: string): Promise<void> {
  try {
    await ctx.archives.dropStaged(staged);
  } catch (error) {
    ctx.log.warn(`the staged folder ${staged} stays: ${messageOf(error)}`);
  }
}

const folderOf = (job: JobHandle, id: InstanceId) => `${id}-${job.id}`;

async function stage(run: Run, { from, id }: PlannedRestore): Promise<void> {
  const { ctx, job, meter, prepared } = run;
  const { unlock } = run.request;
  meter.enter(id, "unpacking");
  const report = await ctx.archives.stage(
    {
      filename: prepared.filename,
      from,
      staged: folderOf(job, id),
      ...(unlock === undefined ? {} : { unlock }),
    },
    { signal: job.signal, onProgress: (done) => meter.moved(id, done) },
  );
  meter.enter(id, "waiting");
  if (report.problems.length === 0) return;
  const problems = report.problems.join(" ");
  meter.fail(id, problems);
  throw new DomainError(
    "ARCHIVE_INVALID",
    `What the backup holds of ${from} cannot be trusted: ${problems} Nothing was changed.`,
  );
}

/** After a failure no further one is begun. */
async function swapAll(run: Run): Promise<Restored[]> {
  const restored: Restored[] = [];
  let failure: { id: InstanceId; error: unknown } | null = null;
  await Promise.all(
    run.prepared.plan.instances.map(async (planned) => {
      try {
        const safetyCopyId = await swap(run, planned, () => failure === null);
        restored.push({ from: planned.from, id: planned.id, safetyCopyId });
        run.job.result({ restored: [...restored] });
        run.job.note(`${planned.id} was restored.`);
        run.meter.enter(planned.id, "done");
      } catch (error) {
        if (failure !== null && hasReason(error, "CANCELLED")) return;
        run.meter.fail(planned.id, messageOf(error));
        failure ??= { id: planned.id, error };
      }
    }),
  );
  if (failure !== null) throw explained(run, failure, restored);
  return restored;
}

async function swap(
  run: Run,
  planned: PlannedRestore,
  mayBegin: () => boolean,
): Promise<string | null> {
  const { ctx, job, meter, prepared, request } = run;
  const { from, id, action } = planned;
  const record = prepared.records.get(from);
  const replaced = await swapInstance(
    ctx,
    {
      id,
      jobId: job.id,
      backupId: request.id,
      staged: folderOf(job, id),
      kept: folderOf(job, id),
      portBefore: record?.port ?? null,
      isCopy: action === "copy",
      allot: () => allot(run, planned),
      broughtBack: null,
    },
    {
      signal: job.signal,
      mayBegin,
      onPhase: (phase) => meter.enter(id, phase),
      onDown: () => meter.down(id),
      onUp: () => meter.up(id),
    },
  );
  return replaced?.id ?? null;
}

/** The spec of an instance that is not there, or not any more. */
async function allot(
  { ctx, job, prepared, request, mayAssign }: Run,
  { from, id, name, action, portBefore }: PlannedRestore,
): Promise<InstanceSpec> {
  const record = prepared.records.get(from);
  if (!record) throw new Error(`the backup says nothing of ${from}`);
  const { timezone, desired, createdAt } = record;
  const isCopy = action === "copy";
  const chosen = request.copies?.find((copy) => isCopy && copy.id === id)?.owner;
  const isBelieved = mayAssign || (await findBackup(ctx, request.id)).createdBy !== "upload";
  const { owner, told } = await restoredOwner(ctx, { id, record, chosen, isBelieved });
  const own = isCopy
    ? { port: null, desired: "running" as const }
    : { port: portBefore, desired, createdAt };
  const spec = await allotRestored(ctx, { id, name, timezone, owner, ...own });
  job.note(told);
  return spec;
}

/** Says of every instance what became of it. */
function explained(
  { prepared }: Run,
  { id, error }: { id: InstanceId; error: unknown },
  restored: readonly Restored[],
): DomainError {
  const done = restored.map((each) => each.id);
  const others = prepared.plan.instances
    .map((each) => each.id)
    .filter((each) => !done.includes(each));
  const told = [
    `${id} was not restored: ${messageOf(error)}`,
    `As before: ${others.join(", ")}.`,
    ...(done.length > 0 ? [`Restored, and kept so: ${done.join(", ")}.`] : []),
  ];
  return new DomainError(error instanceof DomainError ? error.reason : "INTERNAL", told.join(" "), {
    cause: error,
  });
}
