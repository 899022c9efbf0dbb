import type { PlannedRestore, RestoreRequest } from "@claw/core/backup/backup";
import { DomainError, hasReason, messageOf, reasonOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { JobOf } from "@claw/core/job";
import type { InstanceFailure, Restored, RestoreResult } from "@claw/core/job-result";
import { distinctSubjects, type Subject, subjectsOf } from "@claw/core/subject";
import type { AppContext } from "../../../context.ts";
import type { Replaced } from "../../instance/replace/replacement.ts";
import type { JobHandle } from "../../runtime/job-run.ts";
import { createTransferMeter, type TransferMeter } from "../../runtime/transfer-meter.ts";
import { findBackup } from "../catalogue/find-backup.ts";
import { allocateRestored } from "./allocate-restored.ts";
import { type PreparedRestore, prepareRestore } from "./plan-restore.ts";
import { requireRestorable } from "./require-restorable.ts";
import { otherInstance, requireChosenOwners, restoredOwner } from "./restored-owner.ts";
import { swapInstance } from "./swap-instance.ts";

/** State shared by the steps of one restore. */
interface Run {
  ctx: AppContext;
  job: JobHandle<"restore">;
  meter: TransferMeter;
  prepared: PreparedRestore;
  request: RestoreRequest;
  /** Whether the viewer may choose owners. */
  mayAssign: boolean;
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
        work({ ctx, job, prepared, request, mayAssign }),
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

async function work(order: Omit<Run, "meter">): Promise<RestoreResult> {
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
    // Swapped instances have no staged data left.
    for (const { id } of instances) await dropStaged(ctx, folderOf(job, id));
  }
}

/** Folders that cannot be removed now are swept at the panel's next start. */
async function dropStaged(ctx: AppContext, staged: string): Promise<void> {
  try {
    await ctx.disk.storage.dropStaged(staged);
  } catch (error) {
    ctx.log.warn(`the staged folder ${staged} stays: ${messageOf(error)}`);
  }
}

const folderOf = (job: JobHandle<"restore">, id: InstanceId) => `${id}-${job.id}`;

async function stage(run: Run, { from, id }: PlannedRestore): Promise<void> {
  const { ctx, job, meter, prepared } = run;
  const { unlock } = run.request;
  meter.enter(id, "unpacking");
  const report = await ctx.disk.archives.unpack(
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

/**
 * An error fails only its own instance. Throws if none was restored. Once an instance fails to come
 * up again with its former data, no further one is stopped.
 */
async function swapAll(run: Run): Promise<Restored[]> {
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
  run: Run,
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
      staged: folderOf(job, id),
      kept: folderOf(job, id),
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

/** Not a failure, but health is unknown: the user decides. */
export function stillStarting(id: InstanceId, { snapshotId, late }: Replaced): InstanceFailure {
  const choice =
    snapshotId === null
      ? "Wait for it, or delete it."
      : "Wait for it, keep it, or revert to its snapshot, which is kept until you decide.";
  const message = `${id} was restored and is still starting: ${late} ${choice}`;
  return { id, reason: "STILL_STARTING", message };
}

function failureOf(
  id: InstanceId,
  error: unknown,
  down: ReadonlyMap<InstanceId, string>,
): InstanceFailure {
  const [first] = down;
  // Not begun: whatever keeps one instance down may affect the next one, too.
  if (first && hasReason(error, "CANCELLED")) {
    const message = `${id} was left alone, as ${first[0]} did not come up again: ${first[1]}`;
    return { id, reason: "START_FAILED", message };
  }
  const reason = reasonOf(error);
  return { id, reason, message: `${id} was not restored: ${messageOf(error)}` };
}

/** Allocates an instance that does not exist, or no longer does. */
async function allocate(
  { ctx, job, prepared, request, mayAssign }: Run,
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

/** Reports the outcome of every instance, including those not created. */
function nothingRestored(
  ctx: AppContext,
  failed: readonly InstanceFailure[],
  down: ReadonlyMap<InstanceId, string>,
): DomainError {
  const well = failed.map(({ id }) => id).filter((id) => !down.has(id));
  const told = failed.map(({ message }) => message);
  const isThere = (id: InstanceId) => ctx.runtime.live.board.find(id) !== null;
  const asBefore = well.filter(isThere);
  if (asBefore.length > 0) told.push(`As before: ${asBefore.join(", ")}.`);
  const notCreated = well.filter((id) => !isThere(id));
  if (notCreated.length > 0) told.push(`Not created: ${notCreated.join(", ")}.`);
  return new DomainError(failed[0]?.reason ?? "INTERNAL", told.join(" "));
}
