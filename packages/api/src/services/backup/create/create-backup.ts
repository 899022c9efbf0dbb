import type { BackupRequest } from "@claw/core/backup/backup";
import { DomainError, messageOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { JobOf } from "@claw/core/job";
import type { BackupResult, InstanceFailure } from "@claw/core/job-result";
import type { AppContext } from "../../../context.ts";
import type { ArchiveFile } from "../../../files/archive-codec.ts";
import { timestamp } from "../../../host/host.ts";
import { VERSION } from "../../../version.ts";
import { isUp } from "../../instance/is-up.ts";
import type { JobHandle } from "../../runtime/job-run.ts";
import { createTransferMeter } from "../../runtime/transfer-meter.ts";
import { insertBackup } from "../catalogue/insert-backup.ts";
import { putArchive } from "../catalogue/put-archive.ts";
import type { MeteredInstance } from "../transfer/transfer-line.ts";
import { type BackupRun, createBackupRun, stepOf } from "./backup-run.ts";
import { chooseInstances } from "./choose-instances.ts";
import { copyAtOnce } from "./copy-at-once.ts";
import { copyRolling } from "./copy-rolling.ts";
import { requireSpace } from "./require-space.ts";
import { writeArchive } from "./write-archive.ts";

/**
 * Begins a job that backs up all or chosen instances: stops, copies and restarts each running one,
 * then packs the copies. A failed instance does not affect the others: the job becomes `partial`.
 * On any failure or cancellation, instances that ran are restarted or queued to start, and neither
 * copy nor archive remains. `desired` stays `running` throughout, so the panel's next start brings
 * up what a crash left stopped.
 */
export async function createBackup(
  ctx: AppContext,
  request: BackupRequest,
  createdBy = "panel",
): Promise<JobOf<"backup">> {
  const specs = await chooseInstances(ctx, request.instanceIds);
  await ctx.engine.version();
  return ctx.runtime.jobs.begin({
    kind: "backup",
    instanceId: null,
    instanceIds: specs.map(({ id }) => id),
    about: ctx.runtime.live.board.subjectsOf(specs.map(({ id }) => id)),
    notBeside: ["backup", "restore"],
    inTurn: true,
    work: (job) => makeBackup(ctx, job, { request, specs, createdBy }),
  });
}

interface Order {
  request: BackupRequest;
  specs: readonly InstanceSpec[];
  createdBy: string;
}

async function makeBackup(
  ctx: AppContext,
  job: JobHandle<"backup">,
  order: Order,
): Promise<BackupResult> {
  job.report(0, "backup.measure");
  const { instances, allocated, failed } = await measureAll(ctx, order.specs, job.signal);
  await requireSpace(ctx, allocated);
  using meter = createTransferMeter({
    job,
    now: () => ctx.host.now(),
    passes: ["copying", "packing", "verifying"],
    instances,
  });
  const run = createBackupRun(ctx, job, meter);
  for (const [id, error] of failed) run.fail(id, error);
  const ids = instances.map(({ id }) => id).filter((id) => !run.failed.has(id));
  try {
    meter.step("backup.copy");
    await (order.request.mode === "rolling" ? copyRolling : copyAtOnce)(run, ids);
    for (const { id, message } of run.notStarted)
      if (!run.failed.has(id)) job.failed(notUp(id, message));
    const file = await pack(run, order);
    const backup = await insertBackup(ctx, file);
    for (const id of run.taken.keys()) meter.enter(id, "done");
    const leftOut = backup.instances.flatMap((one) =>
      one.leftOut ? [{ id: one.id, ...one.leftOut }] : [],
    );
    return {
      backupId: backup.id,
      notStarted: run.notStarted,
      ...(leftOut.length > 0 && { leftOut }),
    };
  } finally {
    for (const id of ids) await dropCopy(run, id);
  }
}

const notUp = (id: InstanceId, message: string): InstanceFailure => ({
  id,
  reason: "START_FAILED",
  message: `${id} was backed up, but did not come up again: ${message}`,
});

async function measureAll(
  ctx: AppContext,
  specs: readonly InstanceSpec[],
  signal: AbortSignal,
): Promise<{ instances: MeteredInstance[]; allocated: number; failed: [InstanceId, unknown][] }> {
  let allocated = 0;
  const instances: MeteredInstance[] = [];
  const failed: [InstanceId, unknown][] = [];
  for (const { id, name } of specs) {
    let bytes = 0;
    try {
      const size = await stepOf(id, "Measuring", () => ctx.disk.storage.measure(id, signal));
      bytes = size.bytes;
      allocated += size.allocated;
    } catch (error) {
      signal.throwIfAborted();
      failed.push([id, error]);
    }
    instances.push({ id, name, bytes, restarts: isUp(ctx, id) });
  }
  return { instances, allocated, failed };
}

async function pack(run: BackupRun, { request, createdBy }: Order): Promise<ArchiveFile> {
  const { ctx, meter, taken, copy, signal } = run;
  const records = [...taken.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (records.length === 0) throw nothingTaken(run);
  const createdAt = timestamp(ctx.host);
  meter.step("backup.pack");
  await using draft = await ctx.disk.repository.draft();
  const content = await writeArchive(
    ctx.disk,
    draft,
    {
      instances: records.map((record) => ({ record, copy })),
      createdAt,
      createdBy,
      note: request.note || null,
      panelVersion: VERSION,
      encryption: request.encryption ?? null,
    },
    {
      signal,
      onProgress: ({ step, id, bytes, files }) => {
        if (id === null) return;
        meter.step(step === "packing" ? "backup.pack" : "backup.verify");
        meter.enter(id, step);
        meter.moved(id, { bytes, files });
      },
    },
  );
  return await putArchive(ctx.disk, draft, content);
}

/** Failures named in a message; `result.failed` has all. */
const TOLD = 5;

function nothingTaken({ failed }: BackupRun): DomainError {
  const [first, ...others] = failed.values();
  if (!first)
    return new DomainError(
      "INSTANCE_NOT_FOUND",
      "None of the instances is there any more, so there is nothing to back up.",
    );
  if (others.length === 0) return new DomainError(first.reason, first.message);
  const told = [first, ...others].slice(0, TOLD).map(({ message }) => message);
  return new DomainError(
    first.reason,
    `None of the ${failed.size} instances could be backed up. ${told.join(" ")}`,
  );
}

/** Copies that cannot be dropped now are swept at the panel's next start. */
async function dropCopy({ ctx, copy }: BackupRun, id: InstanceId): Promise<void> {
  try {
    await ctx.disk.storage.dropCopy(id, copy);
  } catch (error) {
    ctx.log.warn(`the copy of ${id} is left until the panel starts again: ${messageOf(error)}`);
  }
}
