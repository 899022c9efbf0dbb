import { DomainError, hasReason } from "@claw/core/errors";
import { FOLDER_REPLACED, runOf } from "@claw/core/folder-status";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";

/** Where the data folder is mounted in a container. */
const DATA = "/home/node/.openclaw";
/** Where the host's files are shared with a virtual machine, one may be seen a moment later. */
const LOOK = 'for _ in 1 2 3; do test -e "$0" && exit 0; sleep 1; done; exit 1';
const PATIENCE_MS = 10_000;

/**
 * Looks whether what runs works in the data folder that the panel sees, which Docker bound at the
 * container's start: a file that the panel puts there must be seen inside. Shows what is found;
 * null when it does not run or cannot be told.
 */
export async function checkFolder(ctx: AppContext, id: InstanceId): Promise<boolean | null> {
  const { board } = ctx.live;
  const run = runOf(board.observedOf(id));
  if (run === null) return null;
  const isSeen = await ctx.files.withMark(id, (name) => looksInside(ctx, id, name));
  // There is nothing to put it in: the folder is gone.
  const same = isSeen === "no folder" ? false : isSeen;
  if (same !== null) board.setReplaced(id, same ? null : run);
  return same;
}

/** Throws FOLDER_REPLACED rather than have somebody write where the gateway does not look. */
export async function requireSeenFolder(ctx: AppContext, id: InstanceId): Promise<void> {
  let same: boolean | null;
  try {
    same = await checkFolder(ctx, id);
  } catch (error) {
    // It cannot be told; what is wrong with disk or engine is told by what is done next.
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
    // Another exit code: the image has no such programs, or the container has just ended.
    return exitCode === 0 ? true : exitCode === 1 ? false : null;
  } catch (error) {
    if (signal.aborted || hasReason(error, "INSTANCE_NOT_RUNNING", "INSTANCE_NOT_FOUND"))
      return null;
    throw error;
  }
}
