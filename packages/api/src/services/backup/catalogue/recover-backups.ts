import { SCHEDULE } from "@claw/core/backup/retention";
import { DomainError, hasReason, messageOf } from "@claw/core/errors";
import type { AppContext, Uses } from "../../../context.ts";
import { recordOf } from "./insert-backup.ts";
import { updateBackup } from "./update-backup.ts";
import { missingFile } from "./verify-backup.ts";

/**
 * Removes copies, staged data and half-written archives left by a crash, before any write: they may
 * be what fills the disk. Returns the backup files found; later ones are listed by whoever makes
 * them. Null on failure.
 */
export async function sweepBackups(
  ctx: Uses<"store" | "storage" | "repository" | "log">,
): Promise<ReadonlySet<string> | null> {
  try {
    const [replacements, kept] = await Promise.all([
      ctx.store.listReplacements(),
      ctx.store.listSnapshots(),
    ]);
    const under = replacements.flatMap(({ data }) => data ?? []);
    await ctx.disk.repository.sweep();
    await ctx.disk.storage.sweep({
      staged: under.map(({ staged }) => staged),
      kept: [...under, ...kept].map((each) => each.kept),
    });
    return new Set(await ctx.disk.repository.list());
  } catch (error) {
    ctx.log.warn(`looking at the backups failed: ${messageOf(error)}`);
    return null;
  }
}

/**
 * Reconciles backup files and records in the background at start-up: unlisted files of `found` are
 * read, and listed if intact; a backup without its file stays listed with that as its fault,
 * because the file may come back.
 */
export function recoverBackups(
  ctx: AppContext,
  found: ReadonlySet<string> | null,
): AsyncDisposable {
  const ends = new AbortController();
  const agreeing = agree(ctx, found, ends.signal);
  return {
    async [Symbol.asyncDispose]() {
      ends.abort(new DomainError("CANCELLED", "The panel ends."));
      await agreeing;
    },
  };
}

async function agree(ctx: AppContext, found: ReadonlySet<string> | null, signal: AbortSignal) {
  if (found === null) return;
  try {
    const backups = await ctx.store.listBackups();
    const gone = missingFile().message;
    for (const { id, filename, fault } of backups)
      if (!found.has(filename) && fault !== gone)
        await updateBackup(ctx, id, { verifiedAt: null, fault: gone });
      else if (found.has(filename) && fault === gone) await updateBackup(ctx, id, { fault: null });
    const listed = new Set(backups.map(({ filename }) => filename));
    for (const filename of found) if (!listed.has(filename)) await adopt(ctx, filename, signal);
  } catch (error) {
    if (!signal.aborted) ctx.log.warn(`looking at the backups failed: ${messageOf(error)}`);
  }
}

/**
 * Reads a whole file, then lists it. A damaged file stays in place, unlisted. The creator it names
 * is shown, but never qualifies it for deletion: the schedule may have been another panel's.
 */
async function adopt(ctx: AppContext, filename: string, signal: AbortSignal): Promise<void> {
  try {
    const report = await ctx.disk.archives.verify(filename, { signal });
    const createdBy = report.createdBy === SCHEDULE ? "upload" : report.createdBy;
    await ctx.store.saveBackup(recordOf(ctx, { ...report, filename, createdBy }));
    ctx.log.info(`the backup ${filename} was in the folder, but not in the list; it is now`);
    ctx.runtime.backups.notify();
  } catch (error) {
    if (!hasReason(error, "ARCHIVE_INVALID")) throw error;
    ctx.log.warn(`the file ${filename} is no backup that can be trusted: ${error.message}`);
  }
}
