import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { TaskContext } from "../batch/batch-task.ts";
import type { ChangedConfig } from "../instance/change-config.ts";
import { lossWords } from "../instance/config-loss.ts";
import { requireUp } from "../instance/until-settled.ts";
import { isLost } from "../runtime/saved-configs.ts";

/**
 * Waits for what the gateway of an instance makes of a changed configuration, which takes up to a
 * minute where it restarts itself or says nothing. Throws CONFIG_NOT_TAKEN when it does not take it,
 * START_FAILED when it does not come up again, and CANCELLED.
 */
export async function requireTaken(
  { ctx, signal }: Pick<TaskContext, "ctx" | "signal">,
  id: InstanceId,
  { revision, effect }: Pick<ChangedConfig, "revision" | "effect">,
): Promise<void> {
  if (effect === "next-start") return;
  for await (const saved of ctx.runtime.live.saved.watch(id, signal)) {
    // Another text was written since, by somebody who sees what becomes of it.
    if (saved?.revision !== revision) return;
    if (isLost(saved)) throw new DomainError("CONFIG_NOT_TAKEN", lossWords(saved));
    if (saved.outcome === "kept" || (effect === "hot" && saved.isAccepted)) break;
  }
  signal.throwIfAborted();
  await requireUp(ctx, id, signal);
}
