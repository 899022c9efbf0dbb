import { setTimeout as delay } from "node:timers/promises";
import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import { launchInstance } from "../../instance/bring-up.ts";

/** Pauses between attempts after a lost response from a reachable engine. */
const PAUSES_MS = [100, 400, 1_000, 2_000];

/**
 * Restarts a briefly stopped instance; the caller holds its lock and a slot in the start queue.
 * Reuses the container to keep the downtime short. Failures are thrown, and shown like those of any
 * other start; `reconcile` brings up instances that an unreachable engine kept down.
 */
export async function startAgain(ctx: AppContext, id: InstanceId): Promise<void> {
  const { board, observer } = ctx.runtime.live;
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
      // The container was removed meanwhile.
      if (hasReason(error, "INSTANCE_NOT_FOUND")) return launchInstance(ctx, id);
      const mayPass =
        hasReason(error, "ENGINE_UNREACHABLE") && ctx.runtime.live.board.isReachable();
      if (pause === null || !mayPass) throw error;
      await delay(pause);
    }
  }
}
