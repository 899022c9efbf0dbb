import { hasReason, messageOf } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import { timestamp } from "../../host/host.ts";
import { getImage } from "../image/get-image.ts";
import { writeComposeFile } from "../instance/apply-instance.ts";
import { putRight, type Reach, reconcile } from "../instance/reconcile.ts";
import { COMPOSE_FILE } from "../runtime/compose-file-state.ts";
import { createRetries } from "../runtime/retries.ts";

/** All instances at once; not a valid instance id. */
const ALL = "*";

/** Reconciles on each wake-up; calls while it runs cause one more round. */
export interface Reconciler extends AsyncDisposable {
  wake(reach: Reach): void;
  /**
   * Retries an instance that does not match its spec, or the compose file, with growing pauses,
   * until it succeeds.
   */
  owe(what: string): void;
}

/** Reconciles when the engine becomes reachable, and gets a missing image. */
export function keepReconciled(ctx: AppContext): Reconciler {
  const { board, composeFile } = ctx.runtime.live;
  let running: Promise<void> | null = null;
  /** Reach of the next round, if any. */
  let next: Reach | null = null;
  let askedForImage = false;
  let lastFailed: Reach | null = null;

  const retries = createRetries({
    host: ctx.host,
    isOwed(what) {
      if (what === ALL) return lastFailed !== null && board.isReachable();
      return what === COMPOSE_FILE ? composeFile.fault !== null : board.isOwed(what);
    },
    async attempt(what) {
      if (what === COMPOSE_FILE) await writeComposeFile(ctx);
      else if (what === ALL) await wake(lastFailed ?? "all");
      else await putRight(ctx, what);
    },
    onPause: (what, at) => board.setRetry(what, at === null ? null : timestamp({ now: () => at })),
  });

  async function work(): Promise<void> {
    for (let reach = next; reach !== null; reach = next) {
      next = null;
      if (reach === "all") await startImageJob();
      lastFailed = null;
      try {
        await reconcile(ctx, reach);
      } catch (error) {
        lastFailed = reach;
        if (!hasReason(error, "ENGINE_UNREACHABLE"))
          ctx.log.error(`reconciling failed: ${messageOf(error)}`);
        // The event stream reports a lost engine and wakes this again.
        if (board.isReachable()) retries.begin(ALL);
      }
    }
    running = null;
  }

  /** Once per run of the panel: retry a failed fetch by hand, on the System page. */
  async function startImageJob(): Promise<void> {
    try {
      if (askedForImage || (await ctx.engine.images.find(ctx.config.image))) return;
      askedForImage = true;
      await getImage(ctx, () => wake("all"));
    } catch (error) {
      // Instances that have their image run without that job.
      if (!hasReason(error, "ENGINE_UNREACHABLE"))
        ctx.log.error(`getting the image failed: ${messageOf(error)}`);
    }
  }

  function wake(reach: Reach): Promise<void> {
    if (next !== "all") next = reach;
    running ??= work();
    return running;
  }

  return {
    wake: (reach) => void wake(reach),
    owe: (what) => retries.begin(what),
    async [Symbol.asyncDispose]() {
      next = null;
      await retries[Symbol.asyncDispose]();
      await running;
    },
  };
}
