import { DomainError, hasReason } from "@claw/core/errors";
import { FOLDER_REPLACED, runOf } from "@claw/core/folder-status";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";

/** Mount point of the data folder in a container. */
const DATA = "/home/node/.openclaw";
/** Where files are shared with a virtual machine, they may appear with a delay. */
const LOOK = 'for _ in 1 2 3; do test -e "$0" && exit 0; sleep 1; done; exit 1';
const PATIENCE_MS = 10_000;

/**
 * Checks that a running instance works in the data folder that the panel sees, which Docker bound
 * when the container started: a file put there must appear inside. Shows the result; null if the
 * instance does not run, the engine runs no programs inside, or the check is inconclusive.
 */
export async function checkFolder(ctx: AppContext, id: InstanceId): Promise<boolean | null> {
  const { board } = ctx.runtime.live;
  const run = runOf(board.observedOf(id));
  if (run === null || !ctx.engine.capabilities.exec) return null;
  const isSeen = await ctx.disk.storage.withMark(id, (name) => looksInside(ctx, id, name));
  // The folder is gone, so there is no place for the file.
  const same = isSeen === "no folder" ? false : isSeen;
  if (same !== null) board.setReplaced(id, same ? null : run);
  return same;
}

/** Throws FOLDER_REPLACED rather than let a user write where the gateway does not read. */
export async function requireSeenFolder(ctx: AppContext, id: InstanceId): Promise<void> {
  let same: boolean | null;
  try {
    same = await checkFolder(ctx, id);
  } catch (error) {
    // Inconclusive; the next operation reports problems of disk or engine.
    if (!(error instanceof DomainError)) throw error;
    return;
  }
  if (same === false)
    throw new DomainError("FOLDER_REPLACED", `Nothing was saved. ${FOLDER_REPLACED}`);
}

async function looksInside(ctx: AppContext, id: InstanceId, name: string): Promise<boolean | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const argv = ["sh", "-c", LOOK, `${DATA}/${name}`];
    const { exitCode } = await ctx.engine.exec(id, argv, { signal });
    // Other exit codes: the image lacks these programs, or the container has just ended.
    return exitCode === 0 ? true : exitCode === 1 ? false : null;
  } catch (error) {
    if (signal.aborted || hasReason(error, "INSTANCE_NOT_RUNNING", "INSTANCE_NOT_FOUND"))
      return null;
    throw error;
  }
}
