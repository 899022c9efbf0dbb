import { setTimeout as delay } from "node:timers/promises";
import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import { launchInstance } from "../../instance/bring-up.ts";

/** Pauses between attempts when an answer of the engine was lost, but the engine is there. */
const PAUSES_MS = [100, 400, 1_000, 2_000];

/**
 * Starts an instance that was stopped only for a while, with the caller holding its lock and a
 * place in the queue of starts. The container is used as it is, for the sake of the time that the
 * instance is down. A failure is thrown, and shown on the page as that of any other start; what
 * an engine that went away keeps from starting is brought up when it is back (`reconcile`).
 */
export async function startAgain(ctx: AppContext, id: InstanceId): Promise<void> {
  const { board, observer } = ctx.live;
  board.setStartError(id, null);
  try {
    await attempt(ctx, id);
  } catch (error) {
    board.setStartError(id, messageOf(error));
    throw error;
  } finally {
    await observer.refresh(id).catch((error: unknown) => {
      if (!hasReason(error, "ENGINE_UNREACHABLE")) throw error;
    });
  }
}

async function attempt(ctx: AppContext, id: InstanceId): Promise<void> {
  for (const pause of [...PAUSES_MS, null]) {
    try {
      return await ctx.engine.start(id);
    } catch (error) {
      // Somebody has removed the container meanwhile.
      if (hasReason(error, "INSTANCE_NOT_FOUND")) return launchInstance(ctx, id);
      const mayPass = hasReason(error, "ENGINE_UNREACHABLE") && ctx.live.board.isReachable();
      if (pause === null || !mayPass) throw error;
      await delay(pause);
    }
  }
}
