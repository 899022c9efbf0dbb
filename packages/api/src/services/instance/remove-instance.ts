import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { WAIT_FOR_ONE_MS } from "../runtime/instance-locks.ts";
import { writeComposeFile } from "./apply-instance.ts";
import { rememberInstance } from "./last-known.ts";
import { type OperateOptions, operateOn } from "./operate-on.ts";
import { takeDown } from "./take-down.ts";
import { updateInstance } from "./update-instance.ts";

/**
 * Stops and removes an instance, and its data if requested. Comes after a stop that waits for running
 * work, which does not wait for it any longer.
 */
export async function removeInstance(
  ctx: AppContext,
  input: { id: InstanceId; deleteData: boolean },
  options?: OperateOptions,
): Promise<{ id: InstanceId }> {
  const { id } = input;
  const hurried = ctx.runtime.live.drains.hurry(id);
  const waits = options?.waits ?? { withinMs: WAIT_FOR_ONE_MS };
  await operateOn(
    ctx,
    id,
    "removing",
    async (spec) => {
      // A failed stop leaves everything as it was.
      await takeDown(ctx, id, { workWithinMs: 0 });
      await rememberInstance(ctx, spec);
      // From here on the removal will be completed, even by the panel's next run.
      await updateInstance(ctx, id, { phase: input.deleteData ? "purging" : "removing" });
      await finishRemoval(ctx, id, input.deleteData);
    },
    hurried ? { ...options, waits } : options,
  );
  return { id };
}

/** The part that must complete: repeated at the panel's next start if interrupted. */
export async function finishRemoval(ctx: AppContext, id: InstanceId, deleteData: boolean) {
  await ctx.engine.stop(id);
  await ctx.engine.remove(id);
  ctx.runtime.live.saved.forget(id);
  if (deleteData) await ctx.disk.storage.removeInstance(id);
  await writeComposeFile(ctx);
  await ctx.store.deleteInstance(id);
  ctx.runtime.live.board.removeSpec(id);
}
