import { SNAPSHOT_DAYS, type Snapshot } from "@claw/core/backup/backup";
import { isDecided } from "@claw/core/backup/decided";
import { DomainError } from "@claw/core/errors";
import type { AppContext, Uses } from "../../../context.ts";
import type { SnapshotRecord } from "../../../store/snapshot-records.ts";

/**
 * Snapshots of replaced data, newest first. They outlive their instance, even one deleted with its
 * data: they are the way back until they expire or are dismissed.
 */
export async function listSnapshots(ctx: AppContext): Promise<Snapshot[]> {
  const records = await ctx.store.listSnapshots();
  return records.map((record) => {
    const { kept: _, uid: __, owner: ___, ...copy } = record;
    // Recorded only at the next tidying; its retention begins then.
    return isDue(ctx, record) ? { ...copy, undecided: false, expiresAt: expiryFrom(ctx) } : copy;
  });
}

/** Throws SNAPSHOT_NOT_FOUND. */
export async function findSnapshot(ctx: AppContext, id: string): Promise<SnapshotRecord> {
  const copy = await ctx.store.findSnapshot(id);
  if (copy) return copy;
  throw new DomainError(
    "SNAPSHOT_NOT_FOUND",
    "There is no such snapshot any more: it was dismissed, reverted, or its time was over.",
  );
}

/** Deletes a snapshot permanently. Throws SNAPSHOT_NOT_FOUND, and BUSY during a restore. */
export async function dismissSnapshot(ctx: AppContext, id: string): Promise<{ id: string }> {
  const copy = await findSnapshot(ctx, id);
  // A snapshot being reverted must stay: its folder is being swapped in.
  if (ctx.runtime.jobs.running("restore") || (await isReverted(ctx, copy)))
    throw new DomainError(
      "BUSY",
      "A restore is under way. Dismiss the snapshot when that is done.",
    );
  await drop(ctx, copy);
  return { id };
}

/**
 * Keeps restored data although its instance was still starting at the limit. From then on its
 * snapshot is like any other. Throws SNAPSHOT_NOT_FOUND.
 */
export async function keepRestored(ctx: AppContext, id: string): Promise<{ id: string }> {
  const { undecided } = await findSnapshot(ctx, id);
  if (undecided) await ctx.store.decideSnapshot(id, expiryFrom(ctx));
  ctx.runtime.conditions.notifyRead();
  return { id };
}

/** Expiry of a snapshot whose retention begins now. */
export function expiryFrom({ host }: Uses<"host">): string {
  return new Date(host.now() + SNAPSHOT_DAYS * 24 * 3_600_000).toISOString();
}

/** Recorded as undecided, although nothing is left to decide. */
function isDue({ runtime: { live } }: AppContext, copy: SnapshotRecord): boolean {
  return copy.undecided && isDecided(copy, live.board.find(copy.instanceId));
}

/**
 * Deletes expired snapshots; none during a restore: they stay until the next call. The retention of
 * an undecided snapshot has not begun.
 */
export async function dropExpiredSnapshots(ctx: AppContext): Promise<void> {
  const now = ctx.host.now();
  for (const copy of await ctx.store.listSnapshots()) {
    if (isDue(ctx, copy)) await keepRestored(ctx, copy.id);
    if (copy.undecided) continue;
    if (Date.parse(copy.expiresAt) > now) continue;
    if (ctx.runtime.jobs.running("restore") || (await isReverted(ctx, copy))) return;
    await drop(ctx, copy);
    ctx.log.info(`the snapshot of ${copy.instanceId} of ${copy.createdAt} was deleted`);
  }
}

/** Deletes the record first: a folder without one is swept at the panel's next start. */
async function drop(ctx: AppContext, { id, kept }: SnapshotRecord): Promise<void> {
  await ctx.store.deleteSnapshot(id);
  ctx.runtime.conditions.notifyRead();
  await ctx.disk.storage.dropSnapshot(kept);
}

/** True also for an interrupted revert that is not undone yet. */
async function isReverted(ctx: AppContext, { id }: SnapshotRecord): Promise<boolean> {
  return (await ctx.store.listReplacements()).some(({ data }) => data?.reverted === id);
}
