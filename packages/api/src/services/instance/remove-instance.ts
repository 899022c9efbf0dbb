import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { writeComposeFile } from "./apply-instance.ts";
import { operateOn } from "./operate-on.ts";
import { rememberOwner } from "./previous-owner.ts";
import { updateInstance } from "./update-instance.ts";

/** Stops and removes an instance, and its data when that is asked for. */
export async function removeInstance(
  ctx: AppContext,
  input: { id: InstanceId; deleteData: boolean },
): Promise<{ id: InstanceId }> {
  const { id } = input;
  await operateOn(ctx, id, "removing", async (spec) => {
    // A stop that fails leaves everything as it was.
    await ctx.engine.stop(id);
    await rememberOwner(ctx, spec);
    // From here on the removal is carried through, also by the next run of the panel.
    await updateInstance(ctx, id, { phase: input.deleteData ? "purging" : "removing" });
    await finishRemoval(ctx, id, input.deleteData);
  });
  return { id };
}

/** The part that must not be left half done: repeated at the next start of the panel if it is. */
export async function finishRemoval(ctx: AppContext, id: InstanceId, deleteData: boolean) {
  await ctx.engine.stop(id);
  await ctx.engine.remove(id);
  ctx.live.saved.forget(id);
  if (deleteData) await ctx.files.removeInstance(id);
  await writeComposeFile(ctx);
  await ctx.store.deleteInstance(id);
  ctx.live.board.removeSpec(id);
}
