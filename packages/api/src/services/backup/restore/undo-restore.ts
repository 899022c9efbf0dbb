import type { AppContext } from "../../../context.ts";
import type { RestoreEntry } from "../../../store/restore-records.ts";
import { writeComposeFile } from "../../instance/apply-instance.ts";
import { findReverted } from "./snapshots.ts";

/**
 * Returns an instance to its state before an interrupted restore, and removes it from the journal
 * last: can be repeated. Does not start the instance. The caller holds its lock; if it knows that
 * the folders of an existing instance are untouched, no engine is needed.
 */
export async function undoRestore(
  ctx: AppContext,
  entry: RestoreEntry,
  { untouched = false } = {},
): Promise<void> {
  const { instanceId: id, staged, kept } = entry;
  if (!untouched || entry.specBefore === null) await ctx.engine.stop(id);
  if (entry.specBefore === null) await ctx.engine.remove(id);
  // A staged snapshot remains a snapshot until its restore succeeds.
  const copy = await findReverted(ctx, entry);
  await ctx.disk.storage.swapBack(id, staged, kept, copy ? { stagedTo: copy.kept } : {});
  if (entry.specBefore === null) await forgetInstance(ctx, entry);
  await ctx.store.finishRestore(id, null);
}

async function forgetInstance(ctx: AppContext, { instanceId: id }: RestoreEntry): Promise<void> {
  await ctx.store.deleteInstance(id);
  ctx.runtime.live.board.removeSpec(id);
  await writeComposeFile(ctx);
}
