import { SCHEDULE } from "@claw/core/backup/retention";
import { DomainError, hasReason, messageOf } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import { recordOf } from "./insert-backup.ts";
import { updateBackup } from "./update-backup.ts";
import { missingFile } from "./verify-backup.ts";

/**
 * Makes files and records of backups agree at the start of the panel. What a crash left of copies,
 * staged data and half-written archives is removed before this resolves. Then, beside everything
 * else: a file that nobody has listed is read, and listed when it is whole; a backup whose file is
 * gone stays listed, with that as its fault, as the file may come back.
 */
export async function recoverBackups(ctx: AppContext): Promise<AsyncDisposable> {
  const ends = new AbortController();
  const found = await cleanUp(ctx);
  const agreeing = agree(ctx, found, ends.signal);
  return {
    async [Symbol.asyncDispose]() {
      ends.abort(new DomainError("CANCELLED", "The panel ends."));
      await agreeing;
    },
  };
}

/** Answers with the files that are there; what is made from now on is listed by who makes it. */
async function cleanUp(ctx: AppContext): Promise<ReadonlySet<string> | null> {
  try {
    const [restores, kept] = await Promise.all([
      ctx.store.listRestores(),
      ctx.store.listSafetyCopies(),
    ]);
    await ctx.archives.sweep({
      staged: restores.map(({ staged }) => staged),
      kept: [...restores, ...kept].map((each) => each.kept),
    });
    return new Set(await ctx.archives.list());
  } catch (error) {
    ctx.log.warn(`looking at the backups failed: ${messageOf(error)}`);
    return null;
  }
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
 * Lists a file after reading all of it. One that is not whole stays where it is, unlisted. What it
 * says of who made it is shown, but is no reason to delete it: nobody knows whose schedule it was.
 */
async function adopt(ctx: AppContext, filename: string, signal: AbortSignal): Promise<void> {
  try {
    const report = await ctx.archives.verify(filename, { signal });
    const createdBy = report.createdBy === SCHEDULE ? "upload" : report.createdBy;
    await ctx.store.saveBackup(recordOf(ctx, { ...report, filename, createdBy }));
    ctx.log.info(`the backup ${filename} was in the folder, but not in the list; it is now`);
    ctx.backups.notify();
  } catch (error) {
    if (!hasReason(error, "ARCHIVE_INVALID")) throw error;
    ctx.log.warn(`the file ${filename} is no backup that can be trusted: ${error.message}`);
  }
}
