import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext, Uses } from "../../context.ts";
import { WORK_MAY_TAKE_MS } from "../runtime/drains.ts";
import { operateOn } from "./operate-on.ts";
import { type StopOptions, takeDownFor } from "./take-down.ts";

/** Stops an instance, after its running work if that ends in time; no-op if it does not run. */
export async function stopInstance(
  ctx: AppContext,
  id: InstanceId,
  { workWithinMs = WORK_MAY_TAKE_MS.alone, ...options }: StopOptions = {},
): Promise<Instance> {
  const { board } = ctx.runtime.live;
  await operateOn(
    ctx,
    id,
    "stopping",
    async (spec) => {
      await ctx.engine.version();
      await takeDownFor(ctx, spec, "stopped", { workWithinMs, signal: options.signal });
      board.setStartError(id, null);
    },
    options,
  );
  return board.get(id);
}

/** Ends the wait of a stop for running work, also of a stop that another user began. */
export function stopNow({ runtime: { live } }: Uses<"live">, id: InstanceId): Instance {
  live.drains.hurry(id);
  return live.board.get(id);
}
