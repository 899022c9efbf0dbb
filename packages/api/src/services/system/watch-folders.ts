import { messageOf } from "@claw/core/errors";
import { runOf } from "@claw/core/folder-status";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { checkFolder } from "../instance/check-folder.ts";

const EVERY_MS = 20_000;

/**
 * Verifies that running instances use the folders that the panel sees. Looks inside a container
 * once per run, and again if the data folder is replaced; otherwise each check costs one look at
 * the folder.
 */
export function watchFolders(ctx: AppContext): AsyncDisposable {
  const { board, locks } = ctx.runtime.live;
  const ended = new AbortController();
  /** The run and folder checked last. */
  const known = new Map<InstanceId, string>();

  async function lookAt(id: InstanceId): Promise<void> {
    const run = runOf(board.observedOf(id));
    // The current operation may be replacing the folder.
    if (run === null || locks.current(id) !== null) return;
    const both = `${run} ${await ctx.disk.storage.dataFolder(id)}`;
    if (known.get(id) === both || locks.current(id) !== null) return;
    await locks.exclusive(id, "reconciling", () => checkFolder(ctx, id));
    known.set(id, both);
  }

  async function resync(): Promise<void> {
    const ids = board.ids();
    for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
    for (const id of ids) {
      if (ended.signal.aborted || !board.isReachable()) return;
      try {
        await lookAt(id);
      } catch (error) {
        ctx.log.warn(`looking at the data folder of ${id} failed: ${messageOf(error)}`);
      }
    }
  }

  async function watch(): Promise<void> {
    while (!ended.signal.aborted) {
      await ctx.host.sleep(EVERY_MS, ended.signal);
      await resync();
    }
  }

  const watching = watch();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await watching;
    },
  };
}
