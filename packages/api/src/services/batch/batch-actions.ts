import type { BatchAction } from "@claw/core/batch";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { removeInstance } from "../instance/remove-instance.ts";
import { restartInstance } from "../instance/restart-instance.ts";
import { startInstance } from "../instance/start-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";
import { requireUp } from "../instance/until-settled.ts";
import { isInItsTurn } from "../runtime/live-instances.ts";

/** The work on one instance of a batch. */
export interface BatchTask {
  id: InstanceId;
  deleteData: boolean;
  /** Aborts when the batch is cancelled. */
  signal: AbortSignal;
}

interface ActionOfBatch {
  /** Limited by `live.stops` rather than by the start queue. */
  takesDown: boolean;
  /** Runs while the instance has its turn. */
  act: (ctx: AppContext, task: BatchTask) => Promise<void>;
  /** Runs after the turn, beside the next instance. */
  settle?: (ctx: AppContext, task: BatchTask) => Promise<void>;
}

/** A start succeeds only when the instance is up. */
const up: ActionOfBatch["settle"] = (ctx, { id, signal }) => requireUp(ctx, id, signal);

/** The use cases of a single instance, with their locks and start queue. */
export const BATCH_ACTIONS: Record<BatchAction, ActionOfBatch> = {
  start: { takesDown: false, act: bringUpWith(startInstance), settle: up },
  restart: { takesDown: false, act: bringUpWith(restartInstance), settle: up },
  stop: {
    takesDown: true,
    act: async (ctx, { id }) => void (await stopInstance(ctx, id)),
  },
  remove: {
    takesDown: true,
    act: async (ctx, { id, deleteData }) => void (await removeInstance(ctx, { id, deleteData })),
  },
};

/** Keeps the turn as long as the start queue keeps the place: a cancelled batch leaves nothing queued. */
function bringUpWith(begin: typeof startInstance): ActionOfBatch["act"] {
  return async (ctx, { id, signal }) => {
    await begin(ctx, id);
    await ctx.live.board.until(id, (instance) => !isInItsTurn(instance), signal);
  };
}
