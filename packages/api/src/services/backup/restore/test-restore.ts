import type { Backup, Unlock } from "@claw/core/backup/backup";
import { roomOf } from "@claw/core/backup/restore-plan";
import { DomainError, hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { JobOf } from "@claw/core/job";
import type { TestRestoreResult } from "@claw/core/job-result";
import { restoreTestId } from "@claw/core/naming";
import { subjectsOf } from "@claw/core/subject";
import type { AppContext } from "../../../context.ts";
import { timestamp } from "../../../host/host.ts";
import { startUntilHealthy } from "../../instance/replace/start-until-healthy.ts";
import { inItsTurn } from "../../runtime/in-its-turn.ts";
import type { JobHandle } from "../../runtime/job-run.ts";
import { createTransferMeter } from "../../runtime/transfer-meter.ts";
import { findBackup } from "../catalogue/find-backup.ts";
import { requireRestorable } from "./require-restorable.ts";
import { deployRestoreTest, removeRestoreTest } from "./restore-tests.ts";

export interface TestRestoreRequest {
  id: string;
  /** Defaults to the first of the backup. */
  instanceId?: InstanceId | undefined;
  unlock?: Unlock | undefined;
}

/**
 * Begins a job that starts one instance of a backup under a throw-away id, without network, and
 * reports whether it is healthy. Leaves nothing behind and stays invisible elsewhere. Throws,
 * before it begins, BACKUP_NOT_FOUND, INVALID_INPUT, and what `requireRestorable` throws.
 */
export async function testRestore(
  ctx: AppContext,
  request: TestRestoreRequest,
): Promise<JobOf<"test-restore">> {
  const backup = await findBackup(ctx, request.id);
  const instance = chooseInstance(backup, request.instanceId);
  const image = ctx.config.image;
  await requireRestorable(ctx, { images: [image], bytes: roomOf(instance) });
  return ctx.runtime.jobs.begin({
    kind: "test-restore",
    instanceId: null,
    instanceIds: [instance.id],
    inTurn: true,
    about: subjectsOf([instance]),
    work: (job) =>
      ctx.runtime.backups.reading(backup.id, async () => {
        using meter = createTransferMeter({
          job,
          now: () => ctx.host.now(),
          passes: ["unpacking"],
          instances: [{ ...instance, restarts: true }],
        });
        meter.step("restore.stage");
        const onPhase = (phase: "unpacking" | "starting" | "done") => {
          if (phase === "starting") meter.step("test.start");
          meter.enter(instance.id, phase);
        };
        const moved = (done: { bytes: number; files: number }) => meter.moved(instance.id, done);
        const from = instance.id;
        const { filename } = backup;
        const { unlock } = request;
        const result = await tryOut(ctx, job, { filename, from, image, unlock, onPhase, moved });
        if (result.healthy) await recordProof(ctx, backup.id);
        return result;
      }),
  });
}

interface Trial {
  filename: string;
  from: InstanceId;
  image: string;
  unlock: Unlock | undefined;
  onPhase: (phase: "unpacking" | "starting" | "done") => void;
  moved: (done: { bytes: number; files: number }) => void;
}

async function tryOut(
  ctx: AppContext,
  job: JobHandle<"test-restore">,
  trial: Trial,
): Promise<TestRestoreResult> {
  const { filename, from, image, unlock, onPhase, moved } = trial;
  const staged = `trial-${job.id}`;
  const id = restoreTestId(job.id);
  const sick = (seconds: number, message: string) => ({
    instanceId: from,
    healthy: false,
    seconds,
    message: message.replaceAll(id, from),
  });
  try {
    onPhase("unpacking");
    const report = await ctx.disk.archives.unpack(
      { filename, from, staged, ...(unlock === undefined ? {} : { unlock }) },
      { signal: job.signal, onProgress: moved },
    );
    if (report.problems.length > 0) return sick(0, report.problems.join(" "));
    const { timezone } = report.record;
    const inPlace = (action: () => Promise<TestRestoreResult>) =>
      ctx.runtime.live.starts.take(id, action);
    return await inItsTurn(job.signal, inPlace, async () => {
      await deployRestoreTest(ctx, { jobId: job.id, staged, image, timezone });
      onPhase("starting");
      const begun = ctx.host.now();
      const seconds = () => Math.round((ctx.host.now() - begun) / 100) / 10;
      try {
        const start = () => ctx.engine.start(id);
        const late = await startUntilHealthy(ctx, id, { start, signal: job.signal });
        if (late !== null) return sick(seconds(), `${id} did not come up: ${late}`);
      } catch (error) {
        if (!hasReason(error, "START_FAILED")) throw error;
        return sick(seconds(), messageOf(error));
      }
      onPhase("done");
      return { instanceId: from, healthy: true, seconds: seconds(), message: null };
    });
  } finally {
    await removeRestoreTest(ctx, job.id, staged);
  }
}

function chooseInstance({ instances }: Backup, wanted: InstanceId | undefined) {
  const found = wanted === undefined ? instances[0] : instances.find(({ id }) => id === wanted);
  if (found) return found;
  throw new DomainError(
    "INVALID_INPUT",
    `The backup holds no instance ${wanted ?? ""}. Choose among ${instances.map(({ id }) => id).join(", ")}.`,
  );
}

/** The record may have been changed or deleted meanwhile. */
async function recordProof(ctx: AppContext, id: string): Promise<void> {
  const backup = await ctx.store.findBackup(id);
  if (!backup) return;
  await ctx.store.saveBackup({ ...backup, provenAt: timestamp(ctx.host) });
  ctx.runtime.backups.notify();
}
