import { hasReason, messageOf } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import { getImage } from "../image/get-image.ts";
import { reconcile } from "../instance/reconcile.ts";

/** Reconciles each time it is woken; calls while it works lead to one more round. */
export interface Reconciler extends AsyncDisposable {
  wake(): void;
}

/** Makes the specs true when the engine has come (back), and gets the image if there is none. */
export function keepReconciled(ctx: AppContext): Reconciler {
  let running: Promise<void> | null = null;
  let again = false;
  let askedForImage = false;

  async function work(): Promise<void> {
    do {
      again = false;
      try {
        await startImageJob();
        await reconcile(ctx);
      } catch (error) {
        // The engine going away again is told by the event stream, which wakes this once more.
        if (!hasReason(error, "ENGINE_UNREACHABLE"))
          ctx.log.error(`reconciling failed: ${messageOf(error)}`);
      }
    } while (again);
    running = null;
  }

  /** Once a run of the panel: a failed fetch is tried again by hand, on the System page. */
  async function startImageJob(): Promise<void> {
    if (askedForImage || (await ctx.engine.findImage(ctx.config.image))) return;
    askedForImage = true;
    await getImage(ctx, wake);
  }

  function wake(): void {
    again = true;
    running ??= work();
  }

  return {
    wake,
    async [Symbol.asyncDispose]() {
      again = false;
      await running;
    },
  };
}
