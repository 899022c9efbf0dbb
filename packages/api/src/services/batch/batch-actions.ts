import type { BatchAction } from "@claw/core/batch";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { instanceNotFound } from "../instance/find-instance.ts";
import { removeInstance } from "../instance/remove-instance.ts";
import { restartInstance } from "../instance/restart-instance.ts";
import { startInstance } from "../instance/start-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";
import { untilSettled, whyNotUp } from "../instance/until-settled.ts";
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

/** The use cases of a single instance, with their locks and start queue. */
export const BATCH_ACTIONS: Record<BatchAction, ActionOfBatch> = {
  start: { takesDown: false, act: bringUpWith(startInstance), settle: requireUp },
  restart: { takesDown: false, act: bringUpWith(restartInstance), settle: requireUp },
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

/** A start succeeds only when the instance is up. */
async function requireUp(ctx: AppContext, { id, signal }: BatchTask): Promise<void> {
  const instance = await untilSettled(ctx, id, signal);
  if (instance === null) throw instanceNotFound(id);
  if (instance.status === "running") return;
  const why =
    instance.desired === "running" ? whyNotUp(instance) : "It was stopped before it had come up.";
  throw new DomainError("START_FAILED", `${id} was started, but did not come up: ${why}`);
}
