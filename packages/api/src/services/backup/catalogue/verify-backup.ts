import type { Backup, Unlock } from "@claw/core/backup/backup";
import { DomainError, hasReason } from "@claw/core/errors";
import type { JobOf } from "@claw/core/job";
import type { VerifyResult } from "@claw/core/job-result";
import { subjectsOf } from "@claw/core/subject";
import type { AppContext } from "../../../context.ts";
import { timestamp } from "../../../host/host.ts";
import type { JobHandle } from "../../runtime/job-run.ts";
import { createTransferMeter } from "../../runtime/transfer-meter.ts";
import { findBackup } from "./find-backup.ts";
import { updateBackup } from "./update-backup.ts";

/**
 * Begins a job that reads every byte of a backup and records that it is intact, or its fault.
 * Throws BACKUP_NOT_FOUND.
 */
export async function verifyBackup(
  ctx: AppContext,
  { id, unlock }: { id: string; unlock?: Unlock | undefined },
): Promise<JobOf<"verify">> {
  const backup = await findBackup(ctx, id);
  return ctx.runtime.jobs.begin({
    kind: "verify",
    instanceId: null,
    instanceIds: backup.instances.map((each) => each.id),
    inTurn: true,
    about: subjectsOf(backup.instances),
    work: (job) => ctx.runtime.backups.reading(id, () => verify(ctx, job, backup, unlock)),
  });
}

async function verify(
  ctx: AppContext,
  job: JobHandle<"verify">,
  backup: Backup,
  unlock: Unlock | undefined,
): Promise<VerifyResult> {
  using meter = createTransferMeter({
    job,
    now: () => ctx.host.now(),
    passes: ["verifying"],
    instances: backup.instances.map((each) => ({ ...each, restarts: false })),
  });
  meter.step("verify.read");
  try {
    if ((await ctx.disk.repository.stat(backup.filename)) === null) throw missingFile();
    const { opened, sha256 } = await ctx.disk.archives.verify(backup.filename, {
      signal: job.signal,
      ...(unlock && { unlock }),
      onProgress: ({ id, bytes, files }) => {
        if (id === null) return;
        meter.enter(id, "verifying");
        meter.moved(id, { bytes, files });
      },
    });
    if (sha256 !== backup.sha256) throw otherFile();
    await updateBackup(ctx, backup.id, { verifiedAt: timestamp(ctx.host), fault: null });
    for (const { id } of backup.instances) meter.enter(id, "done");
    return { opened };
  } catch (error) {
    if (hasReason(error, "ARCHIVE_INVALID"))
      await updateBackup(ctx, backup.id, { verifiedAt: null, fault: error.message });
    throw error;
  }
}

/** The file was deleted outside the panel, or its disk is gone. */
export function missingFile(): DomainError {
  return new DomainError(
    "ARCHIVE_INVALID",
    "Its file is not in the backup folder any more. Put it back, or delete this backup.",
  );
}

function otherFile(): DomainError {
  return new DomainError(
    "ARCHIVE_INVALID",
    "Its file is whole, but it is not the one that the panel listed. Upload it to have it listed, or delete this backup.",
  );
}
