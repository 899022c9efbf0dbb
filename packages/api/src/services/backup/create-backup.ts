import { archiveFilename } from "@claw/core/backup/archive-names";
import type { BackupRequest } from "@claw/core/backup/backup";
import { DomainError, messageOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { Job } from "@claw/core/job";
import type { AppContext } from "../../context.ts";
import type { ArchiveFile } from "../../files/archives.ts";
import { timestamp } from "../../host/host.ts";
import { VERSION } from "../../version.ts";
import type { JobHandle } from "../job/jobs.ts";
import { type BackupRun, createBackupRun } from "./backup-run.ts";
import { chooseInstances } from "./choose-instances.ts";
import { copyAtOnce } from "./copy-at-once.ts";
import { copyRolling } from "./copy-rolling.ts";
import { insertBackup } from "./insert-backup.ts";
import { requireSpace } from "./require-space.ts";
import { isUp } from "./take-copy.ts";
import type { MeteredInstance } from "./transfer-line.ts";
import { createTransferMeter } from "./transfer-meter.ts";

/** What a backup made. */
export interface BackupResult {
  backupId: string;
  /** Instances that ran before and do not run now, each with why. */
  notStarted: { id: InstanceId; message: string }[];
}

/**
 * Begins a job that backs up all instances or chosen ones: each that runs is stopped, copied and
 * started again, and all are packed from the copies. Whatever fails, and when it is cancelled:
 * what ran runs again or waits for its turn to start, and neither copy nor archive is left.
 * That `desired` stays `running` meanwhile is the record by which the panel's next start brings
 * up what a crash left stopped.
 */
export async function createBackup(
  ctx: AppContext,
  request: BackupRequest,
  createdBy = "panel",
): Promise<Job> {
  const specs = await chooseInstances(ctx, request.instanceIds);
  await ctx.engine.version();
  return ctx.jobs.begin({
    kind: "backup",
    instanceId: null,
    notBeside: ["backup", "restore"],
    work: (job) => makeBackup(ctx, job, { request, specs, createdBy }),
  });
}

interface Order {
  request: BackupRequest;
  specs: readonly InstanceSpec[];
  createdBy: string;
}

async function makeBackup(ctx: AppContext, job: JobHandle, order: Order): Promise<BackupResult> {
  job.report(0, "backup.measure");
  const instances = await measured(ctx, order.specs, job.signal);
  const bytes = instances.reduce((total, each) => total + each.bytes, 0);
  await requireSpace(ctx, bytes);
  using meter = createTransferMeter({
    job,
    now: () => ctx.host.now(),
    passes: ["copying", "packing", "verifying"],
    instances,
  });
  const run = createBackupRun(ctx, job, meter);
  const ids = order.specs.map(({ id }) => id);
  try {
    meter.step("backup.copy");
    await (order.request.mode === "rolling" ? copyRolling : copyAtOnce)(run, ids);
    const file = await pack(run, order);
    const backup = await insertBackup(ctx, file);
    for (const id of run.taken.keys()) meter.enter(id, "done");
    return { backupId: backup.id, notStarted: run.notStarted };
  } finally {
    for (const id of ids) await dropCopy(run, id);
  }
}

async function measured(
  ctx: AppContext,
  specs: readonly InstanceSpec[],
  signal: AbortSignal,
): Promise<MeteredInstance[]> {
  const all: MeteredInstance[] = [];
  for (const { id, name } of specs) {
    const { bytes } = await ctx.archives.measure(id, signal);
    all.push({ id, name, bytes, restarts: isUp({ ctx }, id) });
  }
  return all;
}

async function pack(run: BackupRun, { request, createdBy }: Order): Promise<ArchiveFile> {
  const { ctx, meter, taken, copy, signal } = run;
  const records = [...taken.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (records.length === 0)
    throw new DomainError(
      "INSTANCE_NOT_FOUND",
      "None of the instances is there any more, so there is nothing to back up.",
    );
  const createdAt = timestamp(ctx.host);
  meter.step("backup.pack");
  return ctx.archives.write(
    {
      filename: await freeName(ctx, createdAt, records.length),
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
        if (id === null || step === "receiving") return;
        meter.step(`backup.${step}`);
        meter.enter(id, step);
        meter.moved(id, { bytes, files });
      },
    },
  );
}

async function freeName(ctx: AppContext, createdAt: string, count: number): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const name = archiveFilename(createdAt, count, attempt);
    if ((await ctx.archives.size(name)) === null) return name;
  }
}

/** What cannot be dropped now is swept at the panel's next start. */
async function dropCopy({ ctx, copy }: BackupRun, id: InstanceId): Promise<void> {
  try {
    await ctx.archives.dropCopy(id, copy);
  } catch (error) {
    ctx.log.warn(`the copy of ${id} is left until the panel starts again: ${messageOf(error)}`);
  }
}
