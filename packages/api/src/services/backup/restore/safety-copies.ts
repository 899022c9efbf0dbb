import type { SafetyCopy } from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";
import type { RestoreEntry, SafetyCopyRecord } from "../../../store/restore-records.ts";

/**
 * What restores have replaced, newest first. A copy outlives its instance, also one that is
 * deleted with its data: it is the way back until it expires or is dismissed.
 */
export async function listSafetyCopies(ctx: AppContext): Promise<SafetyCopy[]> {
  const records = await ctx.store.listSafetyCopies();
  return records.map(({ kept: _, uid: __, owner: ___, ...copy }) => copy);
}

/** Throws SAFETY_COPY_NOT_FOUND. */
export async function findSafetyCopy(ctx: AppContext, id: string): Promise<SafetyCopyRecord> {
  const copy = await ctx.store.findSafetyCopy(id);
  if (copy) return copy;
  throw new DomainError(
    "SAFETY_COPY_NOT_FOUND",
    "There is no such safety copy any more: it was dismissed, brought back, or its time was over.",
  );
}

/** Deletes a safety copy for good. Throws SAFETY_COPY_NOT_FOUND, and BUSY during a restore. */
export async function dismissSafetyCopy(ctx: AppContext, id: string): Promise<{ id: string }> {
  const copy = await findSafetyCopy(ctx, id);
  // One that is being brought back must not go: its folder is what is swapped in.
  if (ctx.jobs.running("restore") || (await isBroughtBack(ctx, copy)))
    throw new DomainError(
      "BUSY",
      "A restore is under way. Dismiss the safety copy when that is done.",
    );
  await drop(ctx, copy);
  return { id };
}

/** Deletes those whose time is over; during a restore, none: they have time until the next call. */
export async function dropExpiredSafetyCopies(ctx: AppContext): Promise<void> {
  const now = ctx.host.now();
  for (const copy of await ctx.store.listSafetyCopies()) {
    if (Date.parse(copy.expiresAt) > now) continue;
    if (ctx.jobs.running("restore") || (await isBroughtBack(ctx, copy))) return;
    await drop(ctx, copy);
    ctx.log.info(`the safety copy of ${copy.instanceId} of ${copy.createdAt} was deleted`);
  }
}

/** The record goes first: a folder without one is swept away at the panel's next start. */
async function drop(ctx: AppContext, { id, kept }: SafetyCopyRecord): Promise<void> {
  await ctx.store.deleteSafetyCopy(id);
  await ctx.archives.dropKept(kept);
}

/** True also when that was cut short, and is not undone yet. */
async function isBroughtBack(ctx: AppContext, copy: SafetyCopyRecord): Promise<boolean> {
  return (await ctx.store.listRestores()).some((entry) => isOf(entry, copy));
}

/** The name under which a safety copy is staged by a job: no other has it, and it tells the copy. */
export function stagedName(copy: Pick<SafetyCopyRecord, "id">, jobId: string): string {
  return `${copy.id}-${jobId}`;
}

const isOf = ({ staged, jobId }: RestoreEntry, copy: SafetyCopyRecord) =>
  staged === stagedName(copy, jobId);

/** The safety copy that a restore of the journal brings back, if it does. */
export async function findBroughtBack(
  ctx: AppContext,
  entry: RestoreEntry,
): Promise<SafetyCopyRecord | null> {
  return (await ctx.store.listSafetyCopies()).find((copy) => isOf(entry, copy)) ?? null;
}
