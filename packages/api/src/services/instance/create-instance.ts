import { messageOf } from "@claw/core/errors";
import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { requireImage } from "../image/require-image.ts";
import { chosenTemplate } from "../template/first-text.ts";
import {
  type AllocatedInstance,
  allocateInstance,
  idTaken,
  isPortTaken,
  reallocatePort,
} from "./allocate-instance.ts";
import { bringUp, launchInstance } from "./bring-up.ts";
import { finishCreation } from "./finish-creation.ts";
import { operateOnId } from "./operate-on.ts";
import { previousOwner } from "./previous-owner.ts";
import { retargetConfig } from "./provision-instance.ts";
import { finishRemoval } from "./remove-instance.ts";
import { updateInstance } from "./update-instance.ts";

/** Limit of ports to try if each is taken before the start. */
const PORT_ATTEMPTS = 5;

/**
 * Creates an instance: port and network, folders, configuration, container; starts it if requested.
 * On failure nothing remains, except data that existed before.
 */
export async function createInstance(ctx: AppContext, input: AllocatedInstance): Promise<Instance> {
  await requireImage(ctx);
  const exists = (await ctx.store.findInstance(input.id)) !== null;
  // In any phase: it exists, or is being created.
  if (exists || ctx.runtime.live.locks.current(input.id) === "creating") throw idTaken(input.id);
  let keepData = true;
  const undo = () => undoCreation(ctx, input.id, keepData);
  await operateOnId(ctx, input.id, "creating", async (existing) => {
    if (existing) throw idTaken(input.id);
    keepData = await ctx.disk.storage.hasInstance(input.id);
    // Data left behind keeps its owner, even if the viewer may not choose owners.
    const owner = input.owner ?? (keepData ? await previousOwner(ctx, input.id) : null);
    const template = await chosenTemplate(ctx, input.template);
    const spec = await allocateInstance(ctx, { ...input, owner, template });
    ctx.runtime.live.board.setSpec(spec);
    try {
      await finishCreation(ctx, spec);
    } catch (error) {
      await undo();
      throw error;
    }
  });
  if (input.start) {
    try {
      await bringUp(ctx, input.id, input.port === undefined ? launchOnFreePort : launchInstance);
    } catch (error) {
      await ctx.runtime.live.locks.afterOthers(input.id, "removing", undo);
      throw error;
    }
  }
  return ctx.runtime.live.board.get(input.id);
}

/** Starts an instance, on the next free port if its own was taken meanwhile. */
export async function launchOnFreePort(ctx: AppContext, id: InstanceId): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await launchInstance(ctx, id);
    } catch (error) {
      if (!isPortTaken(error) || tries === PORT_ATTEMPTS) throw error;
      const spec = await ctx.store.findInstance(id);
      if (!spec) throw error;
      const moved = await reallocatePort(ctx, spec);
      ctx.log.info(`port ${spec.port} was taken before ${id} started; it gets ${moved.port}`);
      const text = await ctx.disk.storage.readConfig(id);
      if (text !== null) await retargetConfig(ctx, moved, text, spec.port);
      await updateInstance(ctx, id, { phase: "ready" });
    }
  }
}

/** If the engine is away, the undo completes when it is back. */
async function undoCreation(ctx: AppContext, id: InstanceId, keepData: boolean): Promise<void> {
  try {
    await updateInstance(ctx, id, { phase: keepData ? "removing" : "purging" });
    await finishRemoval(ctx, id, !keepData);
  } catch (error) {
    ctx.log.warn(`undoing the creation of ${id} waits for Docker: ${messageOf(error)}`);
  }
}
